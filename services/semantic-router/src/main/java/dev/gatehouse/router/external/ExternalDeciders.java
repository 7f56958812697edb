package dev.gatehouse.router.external;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.routing.Decider;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes the deciders that policies name.
 *
 * @param credentials folder with a file for each credential; policies name files in it and nothing else of the machine
 */
public record ExternalDeciders(HttpClient http, Optional<Path> credentials, KeyedHash hash) {

    private static final int MAX_ANSWER_TOKENS = 64;
    private static final Duration CONNECT = Duration.ofSeconds(2);

    public static ExternalDeciders of(Optional<Path> credentials, KeyedHash hash) {
        return new ExternalDeciders(HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER).build(), credentials, hash);
    }

    /**
     * @param field path of the decider's block, for what it is refused for
     * @throws InvalidField when its credential is not there
     */
    public ExternalDecider of(Decider wanted, String field) {
        Optional<String> token = wanted.credential().map(name -> token(name, field + ".credential"));
        return new ExternalDecider(adviser(wanted, token), wanted, hash);
    }

    private Adviser adviser(Decider wanted, Optional<String> token) {
        return switch (wanted.api()) {
            case ChatModel -> new ChatAdviser(OpenAiChatModel.builder().baseUrl(wanted.url()).apiKey(token.orElse("none"))
                    .modelName(wanted.model().orElseThrow()).temperature(0.0).maxTokens(MAX_ANSWER_TOKENS).timeout(wanted.timeout()).maxRetries(0).build(),
                    wanted.instruction());
            case Webhook -> new WebhookAdviser(http, URI.create(wanted.url()), token, wanted.timeout());
        };
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
