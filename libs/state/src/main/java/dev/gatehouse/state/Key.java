package dev.gatehouse.state;

/** Where something is kept: {@code gh:{tag}:feature:v1:hash}. Only {@link Keys} makes it, so no text of a client is ever in a key. */
public final class Key {

    private final String text;

    Key(String text) {
        this.text = text;
    }

    /** As stored. */
    public String text() {
        return text;
    }

    /** What is in braces: keys of one tag lie in one slot of a cluster. */
    public String tag() {
        return text.substring(text.indexOf('{') + 1, text.indexOf('}'));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
