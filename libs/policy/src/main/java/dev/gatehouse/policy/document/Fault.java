package dev.gatehouse.policy.document;

/** What is wrong with a document, and where. The message names fields and values of the policy, never user content. */
public record Fault(Place place, String message) {

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
