package dev.gatehouse.policy;

import com.google.re2j.Pattern;

/** What Kubernetes accepts as names (RFC 1123, lower case). */
public final class Names {

    /** Says what {@link #isLabel} wants. */
    public static final String LABEL_RULE = "must be a DNS label: at most 63 of a-z, 0-9 and -, with a letter or digit at both ends";
    /** Says what {@link #isSubdomain} wants. */
    public static final String SUBDOMAIN_RULE = "must be a DNS subdomain: at most 253 of a-z, 0-9, - and ., with a letter or digit at both ends";

    public static final String LABEL_PATTERN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    public static final String SUBDOMAIN_PATTERN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    private static final Pattern LABEL = Pattern.compile(LABEL_PATTERN);
    private static final Pattern SUBDOMAIN = Pattern.compile(SUBDOMAIN_PATTERN);

    private Names() {}

    public static boolean isLabel(String text) {
        return text.length() <= 63 && LABEL.matches(text);
    }

    public static boolean isSubdomain(String text) {
        return text.length() <= 253 && SUBDOMAIN.matches(text);
    }
}
