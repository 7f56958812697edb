package dev.gatehouse.cache.verify;

/** A difference that matters, whatever the vectors say; the names are labels of metrics. */
public enum Veto {
    /** Numbers, units, dates, versions. */ number,
    /** One of them says not. */ negation,
    /** Words that are opposites. */ opposite,
    /** From A to B, or from B to A. */ direction,
    /** Other names. */ entity,
    /** Other quoted text. */ quotation,
    /** Other code. */ code,
    /** One of them asks for something more. */ addition
}
