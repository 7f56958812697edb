package dev.gatehouse.policy.limit;

import io.fabric8.generator.annotation.Default;

/**
 * How the provider is asked for its usage.
 *
 * @param includeInStreams adds {@code stream_options.include_usage} to streamed requests of OpenAI's chat and completions formats that say
 *                         nothing of it, and takes the event with the usage out of the answer; false by default
 */
public record UsageOptions(@Default("false") Boolean includeInStreams) {

    public static final UsageOptions DEFAULT = new UsageOptions(false);

    public UsageOptions {
        includeInStreams = includeInStreams != null && includeInStreams;
    }
}
