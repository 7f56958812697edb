package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.Names;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * A model or a classifier outside that is asked for the route. What it says counts only where it is the name of one of the policy's
 * routes; where it fails, is late or says anything else, the policy's own classifier decides.
 *
 * @param api            what the endpoint speaks
 * @param url            for ChatModel the base, up to and with {@code /v1}; for Webhook the address itself
 * @param model          to ask; needed for ChatModel, not for Webhook
 * @param credential     name of the file in the service's credentials folder that holds the bearer token; none when absent
 * @param instruction    what the model is told beside the routes and their descriptions, only with ChatModel, at most 4,096 characters
 * @param timeout        for one question, 10ms to 30s; 500ms when absent. The policy's own timeout must leave room for it
 * @param onlyWhenUnsure whether it is asked only where the policy's classifier is not sure; true when absent
 * @param maxConcurrent  questions under way from one replica, beyond which the policy's classifier decides, 1 to 10,000; 16 when absent
 * @param remember       how long an answer is used again for the same text, up to 24h; 5m when absent, 0s never
 * @param maxCharacters  of the text that are sent, its end where it is longer, 100 to 100,000; 4,000 when absent
 */
@ValidationRule(value = "has(self.model) == (self.api == 'ChatModel')", fieldPath = ".model", message = "is required for api ChatModel, and only for it")
@ValidationRule(value = "!has(self.instruction) || self.api == 'ChatModel'", fieldPath = ".instruction", message = "is only for api ChatModel")
public record Decider(
        @Required Api api, @Required @Size(max = 2048) @Pattern(Schemas.URL_PATTERN) String url, Optional<String> model,
        @Size(min = 1, max = 253) @Pattern(Names.SUBDOMAIN_PATTERN) Optional<String> credential, @Size(max = 4096) Optional<String> instruction,
        @Default("500ms") @ValidationRule(value = "duration(self) >= duration('10ms') && duration(self) <= duration('30s')", message = "must be 10ms to 30s") Duration timeout,
        @Default("true") Boolean onlyWhenUnsure, @Default("16") @Min(1) @Max(10000) Integer maxConcurrent,
        @Default("5m") @ValidationRule(value = "duration(self) <= duration('24h')", message = "must be at most 24h") Duration remember,
        @Default("4000") @Min(100) @Max(100000) Integer maxCharacters) {

    /** What the endpoint speaks. */
    public enum Api {
        /** {@code POST /chat/completions} of an OpenAI-compatible endpoint. */ ChatModel,
        /** {@code POST {"text", "routes": [{"name", "description"}]}}, answered by {@code {"route", "score"?}}. */ Webhook
    }

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration REMEMBER = Duration.ofMinutes(5);
    private static final int CONCURRENT = 16;
    private static final int CHARACTERS = 4_000;

    public Decider {
        InvalidField.required("api", api);
        checkUrl(InvalidField.required("url", url));
        InvalidField.check(url.length() <= 2_048, "url", "must be at most 2048 characters");
        timeout = timeout == null ? TIMEOUT : timeout;
        onlyWhenUnsure = onlyWhenUnsure == null || onlyWhenUnsure;
        maxConcurrent = maxConcurrent == null ? CONCURRENT : maxConcurrent;
        remember = remember == null ? REMEMBER : remember;
        maxCharacters = maxCharacters == null ? CHARACTERS : maxCharacters;
        InvalidField.check(model.isPresent() == (api == Api.ChatModel), "model", "is required for api ChatModel, and only for it");
        InvalidField.check(instruction.isEmpty() || api == Api.ChatModel, "instruction", "is only for api ChatModel");
        InvalidField.check(instruction.isEmpty() || instruction.get().length() <= 4_096, "instruction", "must be at most 4096 characters");
        InvalidField.check(credential.isEmpty() || Names.isSubdomain(credential.get()), "credential", Names.SUBDOMAIN_RULE);
        InvalidField.check(Durations.within(timeout, "10ms", "30s"), "timeout", "must be 10ms to 30s");
        InvalidField.check(maxConcurrent >= 1 && maxConcurrent <= 10_000, "maxConcurrent", "must be 1 to 10000");
        InvalidField.check(Durations.within(remember, "0s", "24h"), "remember", "must be at most 24h");
        InvalidField.check(maxCharacters >= 100 && maxCharacters <= 100_000, "maxCharacters", "must be 100 to 100000");
    }

    private static void checkUrl(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            InvalidField.check(http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null,
                    "url", "must be http:// or https:// with a host, and without user, query and fragment");
        } catch (URISyntaxException e) {
            throw new InvalidField("url", "is no URL: " + e.getReason());
        }
    }
}
