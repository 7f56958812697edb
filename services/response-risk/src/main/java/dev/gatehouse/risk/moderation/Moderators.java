package dev.gatehouse.risk.moderation;

import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.risk.RiskDetection.Moderation;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the moderators that policies name.
 *
 * @param credentials folder with a file for each credential; policies name files in it and nothing else of the machine
 */
public record Moderators(HttpClient http, Optional<Path> credentials) {

    private static final String DEFAULT_MODEL = "omni-moderation-latest";
    private static final int MAX_VERDICT_TOKENS = 64;
    private static final Duration CONNECT = Duration.ofSeconds(2);

    public static Moderators of(Optional<Path> credentials) {
        return new Moderators(HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER).build(), credentials);
    }

    /**
     * @param field path of the moderation block, for what it is refused for
     * @throws InvalidField when its credential is not there
     */
    public Moderator of(Moderation wanted, String field) {
        Optional<String> token = wanted.credential().map(name -> token(name, field + ".credential"));
        return switch (wanted.api()) {
            case OpenAI -> new OpenAiModeration(endpoint(wanted, "/moderations", token), wanted.model().orElse(DEFAULT_MODEL),
                    new HashSet<>(wanted.categories()), wanted.minimumScore());
            case Webhook -> new Webhook(endpoint(wanted, "/response", token));
            case ChatModel -> new JudgeModel(judge(wanted, token), wanted.instruction(), lowerCase(wanted));
        };
    }

    private Endpoint endpoint(Moderation wanted, String path, Optional<String> token) {
        String base = wanted.url().endsWith("/") ? wanted.url().substring(0, wanted.url().length() - 1) : wanted.url();
        return new Endpoint(http, URI.create(base + path), token, wanted.timeout());
    }

    private static ChatModel judge(Moderation wanted, Optional<String> token) {
        return OpenAiChatModel.builder().baseUrl(wanted.url()).apiKey(token.orElse("none")).modelName(wanted.model().orElseThrow())
                .temperature(0.0).maxTokens(MAX_VERDICT_TOKENS).timeout(wanted.timeout()).maxRetries(0).build();
    }

    private static Set<String> lowerCase(Moderation wanted) {
        return wanted.categories().stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private String token(String name, String field) {
        Path folder = credentials.orElseThrow(() -> new InvalidField(field, "the service has no credentials folder (GATEHOUSE_CREDENTIALS)"));
        try {
            return Files.readString(folder.resolve(name)).strip();
        } catch (IOException e) {
            throw new InvalidField(field, "there is no readable file of that name in the credentials folder");
        }
    }
}
