package dev.gatehouse.cache.answer;

/** What was made of a live answer. */
public sealed interface Recorded {

    /** It ended well, and can be replayed. */
    record Complete(StoredAnswer answer) implements Recorded {}

    /** It is not kept. */
    record NotStorable(Why why) implements Recorded {}

    /** Why an answer is not kept; the names are labels of metrics. */
    enum Why {
        /** Another status than 200. */ status,
        /** An encoding that cannot be undone, or not within its bounds; a text that is no Unicode. */ undecodable,
        /** Neither JSON nor a stream of a known kind, or broken. */ malformed,
        /** Larger than the policy keeps. */ too_large,
        /** It holds an error, maybe after a beginning. */ error,
        /** It did not say that it ended, or ended at a limit of tokens or time. */ incomplete,
        /** The provider has filtered it. */ filtered,
        /** The model refused in so many words. */ refusal,
        /** It asks for tools to be called, or tells of the provider's own. */ tool_call,
        /** It has more than one choice. */ several_choices,
        /** It has images, sound, files, or parts that nobody knows. */ media,
        /** It has citations or other things beside its text, which a replay would lose. */ more_than_text,
        /** It shows thoughts that only their provider can give again: sealed, signed, or in blocks of their own. */ thinking,
        /** It has no text. */ empty
    }
}
