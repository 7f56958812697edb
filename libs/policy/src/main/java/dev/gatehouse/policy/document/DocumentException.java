package dev.gatehouse.policy.document;

/** A document cannot be read as what it claims to be. */
public final class DocumentException extends RuntimeException {

    private final transient Fault fault;

    public DocumentException(Fault fault) {
        super(fault.toString());
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
