package dev.gatehouse.policy.limit;

import io.fabric8.generator.annotation.Default;
import java.util.List;

/**
 * Which header fields tell clients of their limits.
 *
 * @param styles Provider and Ietf when absent
 * @param when   Always by default
 */
public record HeaderOptions(List<Style> styles, @Default("Always") Moment when) {

    /** Families of header fields. */
    public enum Style {
        /** Anthropic's on Anthropic's paths, OpenAI's on all others. */ Provider,
        /** {@code x-ratelimit-limit-tokens} and so on. */ OpenAI,
        /** {@code anthropic-ratelimit-tokens-limit} and so on. */ Anthropic,
        /** {@code ratelimit-policy} and {@code ratelimit}, draft-ietf-httpapi-ratelimit-headers-11. */ Ietf,
        /** {@code x-ratelimit-limit}, {@code -remaining}, {@code -reset}, as Envoy's rate limit filter writes them. */ Envoy,
        /** None. */ None
    }

    /** On which answers. */
    public enum Moment { Always, Refusals }

    public static final HeaderOptions DEFAULT = new HeaderOptions(List.of(), null);

    public HeaderOptions {
        styles = styles.isEmpty() ? List.of(Style.Provider, Style.Ietf) : styles;
        when = when == null ? Moment.Always : when;
    }
}
