package dev.gatehouse.text.exfiltration;

/** How an address stands in a text. */
public enum LinkKind {
    /** By itself. */
    URL,
    /** {@code ![text](address)}: loaded without a click. */
    MARKDOWN_IMAGE,
    /** {@code [text](address)}, or {@code [name]: address} of a link by reference. */
    MARKDOWN_LINK,
    /** In an attribute or a style of HTML: {@code src}, {@code srcset}, {@code href}, {@code action}, {@code url(...)}. */
    HTML,
    /** {@code data:}. */
    DATA_URI
}
