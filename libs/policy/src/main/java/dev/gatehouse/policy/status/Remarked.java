package dev.gatehouse.policy.status;

/** A compiled policy that has something to tell its author; it stands in the policy's status. */
public interface Remarked {

    /** One clause of at most some hundred characters, without an end; empty for none. Nothing that is secret. */
    String remark();

    /** The message, with what the compiled policy has to tell. */
    static String add(String message, Object compiled) {
        return compiled instanceof Remarked told && !told.remark().isEmpty() ? message + "; " + told.remark() : message;
    }
}
