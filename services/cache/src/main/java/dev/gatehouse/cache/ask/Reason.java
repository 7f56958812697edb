package dev.gatehouse.cache.ask;

/** Why a request is not cached; the names are labels of metrics and are shown by the dry run. */
public enum Reason {
    /** The attachment shows no answers, so there is nothing to store. */ unsupported_by_attachment,
    /** The client said {@code no-store}. */ no_store,
    /** Neither path nor body tell a known format. */ unknown_format,
    /** Not the request for an answer in text: embeddings, token counts, MCP. */ endpoint,
    /** The body could be read in more than one way, or not at all. */ malformed,
    /** The body is not here whole. */ incomplete_body,
    /** A content encoding or type that cannot be read. */ encoded_body,
    /** Nobody knows who asks, and the scope is not Shared. */ no_principal,
    /** The scope is Namespace, and neither a tenant nor a SPIFFE id with a namespace is known. */ no_namespace,
    /** No guard has judged it clean, and it may not be cached then. */ unguarded,
    /** The temperature is higher than the policy allows, or not named where it must be. */ temperature,
    /** More than one answer is asked for. */ many_answers,
    /** A seed is given: the client wants an answer of its own. */ seed,
    /** Log probabilities are asked for. */ logprobs,
    /** An answer in sound or pictures is asked for. */ modalities,
    /** The provider would use tools, or look things up, while it answers. */ server_tools,
    /** Part of the prompt lies at the provider: earlier responses, conversations, prompts, caches, files. */ stored_state,
    /** The answer shall be kept, or made, at the provider for later. */ kept_at_provider,
    /** Images, files or sound that the policy does not cache, or that are only named. */ attachments,
    /** Content of a kind that cannot be read. */ unreadable_content,
    /** Its right answer changes with time. */ time_dependent,
    /** Longer than the policy caches. */ too_long,
    /** More turns than the policy caches. */ too_many_turns,
    /** The last turn is not a text of the user: a tool's result, the beginning of an answer, nothing. */ no_question
}
