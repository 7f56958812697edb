package dev.gatehouse.text.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Finding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretDetectorTest {

    private static final String GITHUB = "ghp_" + "h7Kq2Lm9Xw4Zr8Tb5Nc1Vd6Ys3Pf0Ga7Je2U";
    private final SecretDetector detector = new SecretDetector(RulePack.standard(), SecretDetector.Options.standard());

    @Test
    void a_token_with_a_provider_prefix_is_found_by_its_span() {
        String text = "please debug: GITHUB_TOKEN=" + GITHUB + " in my workflow";
        assertThat(detector.scan(text)).singleElement().satisfies(finding -> {
            assertThat(finding.detector()).isEqualTo("secret");
            assertThat(finding.category()).isEqualTo("github-pat");
            assertThat(text.substring(finding.start(), finding.end())).isEqualTo(GITHUB);
        });
    }

    @Test
    void a_token_without_prefix_is_found_beside_the_service_name() {
        String text = "BROWSHOT_API_KEY: k3jd92hfKDm27dhqkal9Xm2Lq7Zt";
        assertThat(categories(text)).containsExactly("browshot-key");
    }

    @Test
    void a_placeholder_is_no_secret() {
        assertThat(detector.scan("export OPENAI_API_KEY=\"YOUR_API_KEY_HERE\"")).isEmpty();
        assertThat(detector.scan("password = os.environ[\"DB_PASSWORD\"]")).isEmpty();
        assertThat(detector.scan("--from-literal=password=$PASSWORD")).isEmpty();
        assertThat(detector.scan("aws_access_key_id = AKIAIOSFODNN7EXAMPLE")).isEmpty();
    }

    @Test
    void prose_about_secrets_has_none() {
        assertThat(detector.scan("A password must contain at least 12 characters. Rotate the access key and the token yearly.")).isEmpty();
    }

    @Test
    void a_generated_value_assigned_to_a_secret_name_is_generic() {
        assertThat(categories("my_service_secret = \"q8Zt3Lm0Xv5Rw2Kd7Hb9\"")).containsExactly("generic-secret");
        assertThat(categories("password: 'tr0ub4dor&3x'")).containsExactly("generic-password");
    }

    @Test
    void options_leave_out_generic_secrets_and_disabled_rules() {
        SecretDetector quiet = new SecretDetector(RulePack.standard(), new SecretDetector.Options(Set.of(SecretRule.Kind.PROVIDER), Set.of("github-pat")));
        assertThat(quiet.scan("password: 'tr0ub4dor&3x' and " + GITHUB)).isEmpty();
    }

    @Test
    void findings_are_ordered_and_do_not_overlap() {
        List<Finding> found = detector.scan("a=" + GITHUB + "\nhttps://bob:s3cr3tPa55@db.internal/x\npassword=hunter2!!");
        for (int i = 1; i < found.size(); i++) {
            assertThat(found.get(i).start()).isGreaterThanOrEqualTo(found.get(i - 1).end());
        }
        assertThat(found).hasSize(3);
    }

    @Test
    void neighbouring_tokens_of_one_service_are_all_found() {
        String text = "box_key=4fa87w9db5o23uliT066v3r16hg7tt49 box_key=9db5o23ULiT066V3r16hg7tT494Fa87W";
        assertThat(detector.scan(text)).hasSize(2);
    }

    @Test
    void a_text_made_of_keywords_costs_no_more_per_character_as_it_grows() {
        String hostile = "box key 4fa87w9db5o23uliT066v3r16hg7tt4 line token://eyJ ghp_ user=a@ ";
        detector.scan(hostile.repeat(200));
        long small = nanos(hostile.repeat(200));
        long large = nanos(hostile.repeat(2000));
        assertThat(large).as("ten times the text in %d instead of %d ns", large, small).isLessThan(small * 60);
    }

    private long nanos(String text) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = System.nanoTime();
            detector.scan(text);
            least = Math.min(least, System.nanoTime() - before);
        }
        return least;
    }

    private List<String> categories(String text) {
        return detector.scan(text).stream().map(Finding::category).toList();
    }
}
