package dev.gatehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private static final String UID = "0d8e2f6a-5a1b-4c58-9a3e-6f3f0d6f4b11";
    private final Keys keys = keys("a secret of the tests only");

    @Test
    void aKeyReadsAsTheContractSays() {
        assertThat(keys.key(UID, "cache", "part").text()).matches("gh:\\{" + UID + "}:cache:v1:[0-9a-f]{64}");
    }

    @Test
    void theKeyIsTheSameForTheSamePartsAndSecretOnly() {
        assertThat(keys.key(UID, "cache", "a", "b")).isEqualTo(keys("a secret of the tests only").key(UID, "cache", "a", "b"))
                .isNotEqualTo(keys("another secret of the tests").key(UID, "cache", "a", "b"));
    }

    @Test
    void noTwoListsOfPartsShareAKey() {
        Stream<String[]> lists = Stream.of(new String[] {"a", "b"}, new String[] {"ab"}, new String[] {"ab", ""}, new String[] {"", "ab"},
                new String[] {"a\0b"}, new String[] {"a:b"}, new String[] {"b", "a"}, new String[] {}, new String[] {""}, new String[] {"", ""});
        assertThat(lists.map(parts -> keys.key(UID, "cache", parts))).doesNotHaveDuplicates().hasSize(10);
    }

    @Test
    void aPolicysKeysSpreadOverTagsByTheirValuesOnly() {
        assertThat(keys.tag(UID, List.of())).isEqualTo(UID);
        assertThat(keys.tag(UID, List.of("acme"))).matches(UID + "\\.[0-9a-f]{12}").isEqualTo(keys.tag(UID, List.of("acme")))
                .isNotEqualTo(keys.tag(UID, List.of("umbrella"))).isNotEqualTo(keys("another secret of the tests").tag(UID, List.of("acme")));
        assertThat(keys.tag(UID, List.of("a", "b"))).isNotEqualTo(keys.tag(UID, List.of("ab")));
        assertThat(Keys.parse(keys.key(keys.tag("u".repeat(128), List.of("acme")), "limit", "acme").text())).isPresent();
    }

    @Test
    void featuresAndTagsDoNotShareKeys() {
        assertThat(hash(keys.key(UID, "cache", "a"))).isNotEqualTo(hash(keys.key(UID, "guard", "a")));
        assertThat(keys.key(UID, "cache", "a")).isNotEqualTo(keys.key("other", "cache", "a"));
    }

    @Test
    void litellmOidcCacheCollisionTokensWithEqualPrefixAndIssuersDoNotShareAKey() {
        String token = "eyJhbGciOiJSUzI1NiJ9.".repeat(50);
        assertThat(Stream.of(keys.key(UID, "identity", "https://a", token + "x"), keys.key(UID, "identity", "https://a", token + "y"),
                keys.key(UID, "identity", "https://b", token + "x"))).doesNotHaveDuplicates();
        assertThat(hash(keys.key(UID, "identity", token))).as("the whole SHA-256").hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a{b", "a}b", "a b", "a:b", "a\nb", "\u00e9"})
    void aTagThatCouldMoveTheSlotIsRefused(String tag) {
        assertThatThrownBy(() -> keys.key(tag, "cache", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cache", "a:v1", "9x", "a{b}"})
    void aFeatureThatCouldReadAsAnotherIsRefused(String feature) {
        assertThatThrownBy(() -> keys.key(UID, feature, "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ourOwnKeysAreRecognisedAndUnknownVersionsIgnored() {
        String ours = keys.key(UID, "cache", "a").text();
        assertThat(Keys.parse(ours)).map(Key::text).contains(ours);
        assertThat(Keys.parse(ours.replace(":v1:", ":v2:"))).isEmpty();
        assertThat(Keys.parse(ours + "0")).isEmpty();
        assertThat(Keys.parse("session:123")).isEmpty();
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> keys("short")).isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("short\"");
    }

    private static String hash(Key key) {
        return key.text().substring(key.text().lastIndexOf(':') + 1);
    }

    private static Keys keys(String secret) {
        return new Keys(KeyedHash.of(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
