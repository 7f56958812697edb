package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.limit.TokenRateLimitOverride;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.ratelimit.compile.LimitCompiler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The policies that the documentation tells users to copy. */
class DocumentedPoliciesTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern YAML = Pattern.compile("```yaml\n(apiVersion.*?)```", Pattern.DOTALL);

    @Test
    void policiesInTheDocumentationAreValid() throws Exception {
        List<String> kinds = new ArrayList<>();
        Matcher blocks = YAML.matcher(Files.readString(ROOT.resolve("docs/ratelimit.md")));
        while (blocks.find()) {
            for (Document document : Documents.parse("ratelimit.md", blocks.group(1)).documents()) {
                kinds.add(compiled(document));
            }
        }
        assertThat(kinds).contains("TokenRateLimitPolicy", "TokenRateLimitOverride");
    }

    @Test
    void theLocalPolicyIsValid() throws Exception {
        Path local = ROOT.resolve("deploy/local/policies/ratelimit.yaml");
        for (Document document : Documents.parse("ratelimit.yaml", Files.readString(local)).documents()) {
            assertThat(compiled(document)).isEqualTo("TokenRateLimitPolicy");
        }
    }

    private static String compiled(Document document) {
        String kind = document.text("kind").orElseThrow();
        if (kind.equals("TokenRateLimitPolicy")) {
            new LimitCompiler().compile(document.bind(TokenRateLimitPolicy.class));
        } else {
            document.bind(TokenRateLimitOverride.class);
        }
        return kind;
    }
}
