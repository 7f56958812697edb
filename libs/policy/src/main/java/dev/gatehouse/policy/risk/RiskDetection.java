package dev.gatehouse.policy.risk;

import dev.gatehouse.policy.Names;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.guard.Detection;
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
import java.util.List;
import java.util.Optional;

/** What a rule looks for in answers. */
public sealed interface RiskDetection {

    /** Score from which a finding counts where a rule does not say. */
    default double defaultMinimumScore() {
        return 0.5;
    }

    /** Whether findings are places in the text, which can be masked, and not a judgement of the whole. */
    default boolean findsPlaces() {
        return true;
    }

    /** What a guard looks for in prompts too. */
    record Shared(Detection detection) implements RiskDetection {
        @Override
        public double defaultMinimumScore() {
            return detection.defaultMinimumScore();
        }
    }

    /**
     * Parts of the request's own system text in the answer.
     *
     * @param minimumWords how many words in a row, as the system text has them, make a leak: 4 to 64; 12 when absent
     */
    record SystemPromptLeak(@Default("12") @Min(4) @Max(64) Integer minimumWords) implements RiskDetection {
        private static final int DEFAULT_WORDS = 12;

        public SystemPromptLeak {
            minimumWords = minimumWords == null ? DEFAULT_WORDS : minimumWords;
            InvalidField.check(minimumWords >= 4 && minimumWords <= 64, "minimumWords", "must be 4 to 64");
        }
    }

    /**
     * Marks that the operator planted in system prompts, documents or databases, and that no answer ever has reason to hold.
     *
     * @param tokens 1 to 256, of 8 to 256 characters each; found also in another case, disguise or encoding
     */
    record Canaries(
            @Required @Size(min = 1, max = 256) List<@Pattern("^\\s*\\S[\\s\\S]{6,254}\\S\\s*$") String> tokens) implements RiskDetection {
        public Canaries {
            InvalidField.check(!tokens.isEmpty() && tokens.size() <= 256, "tokens", "must be 1 to 256, are " + tokens.size());
            for (int i = 0; i < tokens.size(); i++) {
                int length = tokens.get(i).strip().length();
                InvalidField.check(length >= 8 && length <= 256, "tokens[" + i + "]", "must have 8 to 256 characters");
            }
        }

        /** Never shows the tokens. */
        @Override
        public String toString() {
            return "Canaries[" + tokens.size() + "]";
        }
    }

    /**
     * Links, images and other references that make the reader's program send data somewhere, or hide it.
     *
     * @param kinds           what to look at; all when absent
     * @param allowedHosts    hosts that may be named, {@code example.org} or {@code *.example.org}; where some are given every other host is
     *                        found
     * @param deniedHosts     hosts that may not be named, also where {@code allowedHosts} would let them
     * @param maxQueryEntropy bits per character that query, fragment or path of a link to a host that is not allowed may have, above 0 to 8;
     *                        4.2 when absent
     * @param promptContent   whether a link that carries words of the request is found; true when absent
     */
    record Exfiltration(
            List<LinkKind> kinds, List<@Size(max = 255) @Pattern("^([*]\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$") String> allowedHosts,
            List<@Size(max = 255) @Pattern("^([*]\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$") String> deniedHosts,
            @Default("4.2") @Min(value = 0, inclusive = false) @Max(8) Double maxQueryEntropy, @Default("true") Boolean promptContent) implements RiskDetection {
        private static final double DEFAULT_ENTROPY = 4.2;

        public Exfiltration {
            kinds = kinds.isEmpty() ? List.of(LinkKind.values()) : kinds;
            maxQueryEntropy = maxQueryEntropy == null ? DEFAULT_ENTROPY : maxQueryEntropy;
            promptContent = promptContent == null || promptContent;
            InvalidField.check(maxQueryEntropy > 0 && maxQueryEntropy <= 8, "maxQueryEntropy", "must be above 0, at most 8");
            checkHosts("allowedHosts", allowedHosts);
            checkHosts("deniedHosts", deniedHosts);
        }

        private static void checkHosts(String field, List<String> hosts) {
            for (int i = 0; i < hosts.size(); i++) {
                String host = hosts.get(i).startsWith("*.") ? hosts.get(i).substring(2) : hosts.get(i);
                InvalidField.check(Names.isSubdomain(host), field + "[" + i + "]", "must be a host in small letters, as example.org or *.example.org");
            }
        }
    }

    /** Kinds of references. */
    enum LinkKind {
        /** A bare address. */ Url,
        /** {@code ![text](address)}: loaded without a click. */ MarkdownImage,
        /** {@code [text](address)}. */ MarkdownLink,
        /** HTML that loads or sends: images, frames, scripts, forms, styles. */ Html,
        /** {@code data:} addresses. */ DataUri
    }

    /**
     * Commands and code that do harm when they are run.
     *
     * @param categories as the documentation lists them, e.g. {@code destructive}; all when absent
     */
    record Commands(List<String> categories) implements RiskDetection {}

    /**
     * Harmful content and toxicity.
     *
     * @param categories as the documentation lists them, e.g. {@code hate}; all when absent
     * @param scorer     what scores a text; {@code lists} (word lists and patterns) when absent
     */
    record Content(List<String> categories, Optional<String> scorer) implements RiskDetection {}

    /**
     * What an endpoint outside thinks of the answer; slow.
     *
     * @param api        what the endpoint speaks
     * @param url        where it is: for OpenAI and ChatModel the base, up to and with {@code /v1}; for Webhook the base before {@code /response}
     * @param model      model to ask; needed for ChatModel, {@code omni-moderation-latest} when absent for OpenAI, none for Webhook
     * @param credential name of the file in the service's credentials folder that holds the bearer token; none when absent
     * @param instruction what a model is told that was not trained to judge, only with ChatModel; at most 8,192 characters
     * @param categories categories that count, as the endpoint names them; all when absent
     * @param minimumScore with OpenAI, scores from which a category counts, above 0 to 1; the endpoint's own flags count when absent
     * @param timeout    for one call, 10 ms to 1 min; 2 s when absent
     * @param windowSize code points of an answer that are judged at a time, ended at a sentence where one ends, 50 to 20,000; 600 when absent
     */
    @ValidationRule(value = "self.api != 'ChatModel' || has(self.model)", fieldPath = ".model", message = "is required for api ChatModel")
    @ValidationRule(value = "self.api != 'Webhook' || !has(self.model)", fieldPath = ".model", message = "is not for api Webhook")
    @ValidationRule(value = "!has(self.instruction) || self.api == 'ChatModel'", fieldPath = ".instruction", message = "is only for api ChatModel")
    @ValidationRule(value = "!has(self.minimumScore) || self.api == 'OpenAI'", fieldPath = ".minimumScore", message = "is only for api OpenAI")
    @ValidationRule(value = "!has(self.categories) || size(self.categories) == 0 || self.api != 'Webhook'", fieldPath = ".categories",
            message = "is not for api Webhook, which names none")
    record Moderation(
            @Required Api api, @Required @Size(max = 2048) @Pattern(Schemas.URL_PATTERN) String url, Optional<String> model,
            @Size(min = 1, max = 253) @Pattern(Names.SUBDOMAIN_PATTERN) Optional<String> credential, @Size(max = 8192) Optional<String> instruction,
            List<String> categories, @Min(value = 0, inclusive = false) @Max(1) Optional<Double> minimumScore,
            @Default("2s") @ValidationRule(value = "duration(self) >= duration('10ms') && duration(self) <= duration('1m')", message = "must be 10ms to 1m") Duration timeout,
            @Default("600") @Min(50) @Max(20000) Integer windowSize) implements RiskDetection {
        private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);
        private static final int DEFAULT_WINDOW = 600;

        /** What moderation endpoints speak. */
        public enum Api {
            /** OpenAI's {@code POST /v1/moderations}. */ OpenAI,
            /** {@code POST /v1/chat/completions} of a model that judges, as Llama Guard or ShieldGemma: safe or unsafe and the categories. */ ChatModel,
            /** agentgateway's guardrail webhook: {@code POST /response}. */ Webhook
        }

        public Moderation {
            InvalidField.required("api", api);
            checkUrl(InvalidField.required("url", url));
            InvalidField.check(url.length() <= 2_048, "url", "must be at most 2048 characters");
            timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
            windowSize = windowSize == null ? DEFAULT_WINDOW : windowSize;
            InvalidField.check(api != Api.ChatModel || model.isPresent(), "model", "is required for api ChatModel");
            InvalidField.check(api != Api.Webhook || model.isEmpty(), "model", "is not for api Webhook");
            InvalidField.check(instruction.isEmpty() || api == Api.ChatModel, "instruction", "is only for api ChatModel");
            InvalidField.check(instruction.isEmpty() || instruction.get().length() <= 8_192, "instruction", "must be at most 8192 characters");
            InvalidField.check(minimumScore.isEmpty() || api == Api.OpenAI, "minimumScore", "is only for api OpenAI");
            InvalidField.check(minimumScore.isEmpty() || minimumScore.get() > 0 && minimumScore.get() <= 1, "minimumScore", "must be above 0, at most 1");
            InvalidField.check(categories.isEmpty() || api != Api.Webhook, "categories", "is not for api Webhook, which names none");
            InvalidField.check(credential.isEmpty() || Names.isSubdomain(credential.get()), "credential", Names.SUBDOMAIN_RULE);
            InvalidField.check(Durations.within(timeout, "10ms", "1m"), "timeout", "must be 10ms to 1m");
            InvalidField.check(windowSize >= 50 && windowSize <= 20_000, "windowSize", "must be 50 to 20000 code points");
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

    /**
     * A structured output that is not what its schema says. Judged where a text ends.
     *
     * @param schema JSON Schema as JSON text, drafts 4 to 2020-12, at most 64 KiB; the request's own ({@code response_format} and the like)
     *               when absent, and a request without one is not judged
     */
    record JsonSchema(@Size(min = 1, max = 65536) @Pattern(Schemas.VISIBLE) Optional<String> schema) implements RiskDetection {
        public JsonSchema {
            InvalidField.check(schema.isEmpty() || !schema.get().isBlank() && schema.get().length() <= 64 << 10, "schema", "must be JSON text of at most 64 KiB");
        }

        @Override
        public boolean findsPlaces() {
            return false;
        }
    }

    /**
     * Answers longer than wanted.
     *
     * @param maxCharacters code points of one text of the answer, 1 to 10,000,000
     */
    record AnswerLength(@Required @Min(1) @Max(10000000) Integer maxCharacters) implements RiskDetection {
        public AnswerLength {
            InvalidField.required("maxCharacters", maxCharacters);
            InvalidField.check(maxCharacters >= 1 && maxCharacters <= 10_000_000, "maxCharacters", "must be 1 to 10000000 code points");
        }

        @Override
        public boolean findsPlaces() {
            return false;
        }
    }

    /**
     * A model that repeats itself without end.
     *
     * @param times         how often in a row the same comes, 3 to 1,000; 8 when absent
     * @param minimumLength code points that the repetitions have together at least, 16 to 100,000; 200 when absent
     */
    record Repetition(
            @Default("8") @Min(3) @Max(1000) Integer times, @Default("200") @Min(16) @Max(100000) Integer minimumLength) implements RiskDetection {
        private static final int DEFAULT_TIMES = 8;
        private static final int DEFAULT_LENGTH = 200;

        public Repetition {
            times = times == null ? DEFAULT_TIMES : times;
            minimumLength = minimumLength == null ? DEFAULT_LENGTH : minimumLength;
            InvalidField.check(times >= 3 && times <= 1_000, "times", "must be 3 to 1000");
            InvalidField.check(minimumLength >= 16 && minimumLength <= 100_000, "minimumLength", "must be 16 to 100000 code points");
        }

        @Override
        public boolean findsPlaces() {
            return false;
        }
    }
}
