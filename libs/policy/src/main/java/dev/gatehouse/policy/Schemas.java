package dev.gatehouse.policy;

/** Rules in CEL that the schemas of several records share; the records' constructors check the same. */
public final class Schemas {

    public static final String UP_TO_A_MINUTE = "duration(self) >= duration('1ms') && duration(self) <= duration('1m')";
    public static final String NOT_AS_TEXT = "self != 'InspectAsText'";
    public static final String NOT_AS_TEXT_RULE = "must be Block, Allow or Report; InspectAsText is only for unknownFormats";
    /** Of a header that clients send. */
    public static final String HEADER_PATTERN = "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$";
    public static final String NOT_OURS = "!self.lowerAscii().startsWith('x-gatehouse-')";
    public static final String NOT_OURS_RULE = "must not be one of x-gatehouse-*, which no client can send";
    /** Where a service calls out to. */
    public static final String URL_PATTERN = "^https?://[^/?#@\\s]+(/[^?#\\s]*)?$";
    /** Not blank. */
    public static final String VISIBLE = "\\S";

    private Schemas() {}
}
