package dev.gatehouse.text.secret;

import java.util.List;

/** How a rule's keywords stand to the value it looks for. Keywords are lower case; text is compared ignoring ASCII case. */
public sealed interface Anchor {

    List<String> keywords();

    /** The match begins with the keyword, like {@code ghp_}. */
    record Prefix(List<String> keywords) implements Anchor {
        public Prefix {
            keywords = List.copyOf(keywords);
        }
    }

    /** The match has the keyword inside, its start at most {@code before} characters after the match's start. */
    record Inside(List<String> keywords, int before) implements Anchor {
        public Inside {
            keywords = List.copyOf(keywords);
        }
    }

    /**
     * The match starts at most {@code within} characters after the keyword.
     *
     * @param role whether a word such as key, token or secret must stand by the keyword or between it and the match
     */
    record Near(List<String> keywords, int within, boolean role) implements Anchor {
        public Near {
            keywords = List.copyOf(keywords);
        }
    }
}
