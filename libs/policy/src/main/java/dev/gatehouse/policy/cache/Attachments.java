package dev.gatehouse.policy.cache;

/** What becomes of prompts with images, files or sound. What is only named, by URL or id, is never cached. */
public enum Attachments {
    /** They are not cached. */ Bypass,
    /** Those whose bytes are in the prompt are cached: answers are shared only for the very same bytes. */ Cache
}
