package dev.gatehouse.state.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SealingTest {

    private static final String OLD = "old " + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
    private static final String NEW = "new " + Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)) + "\n";
    private static final Keys KEYS = new Keys(KeyedHash.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    private static final Key PLACE = place("acme", "entry");
    private static final byte[] VALUE = "It is Rome.".getBytes(StandardCharsets.UTF_8);

    private static Key place(String tenant, String entry) {
        return KEYS.key(KEYS.tag("uid", List.of(tenant)), "cache", entry);
    }

    /** One of the two ways to seal, with the keys of a file. */
    private interface Way {
        Sealing with(String file);
    }

    static Stream<Way> ways() {
        return Stream.of(file -> Sealing.with(SealingKeys.parse(file)), file -> Sealing.perTag(SealingKeys.parse(file), "cache"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsSealedOpensInItsPlaceAndShowsNothing(Way way) {
        byte[] sealed = way.with(OLD).seal(PLACE, VALUE);
        assertThat(way.with(OLD).open(PLACE, sealed)).contains(VALUE);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("Rome");
        assertThat(way.with(OLD).seal(PLACE, VALUE)).isNotEqualTo(sealed);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatWasMovedChangedOrCutDoesNotOpen(Way way) {
        byte[] sealed = way.with(OLD).seal(PLACE, VALUE);
        assertThat(way.with(OLD).open(place("acme", "another"), sealed)).isEmpty();
        assertThat(way.with(OLD).open(place("other", "entry"), sealed)).isEmpty();
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThat(way.with(OLD).open(PLACE, changed)).isEmpty();
            assertThat(way.with(OLD).open(PLACE, Arrays.copyOf(sealed, at))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void keysRotateAndWhatAKeyThatIsGoneSealedIsGone(Way way) {
        byte[] sealed = way.with(OLD).seal(PLACE, VALUE);
        assertThat(way.with(NEW + OLD).open(PLACE, sealed)).contains(VALUE);
        byte[] again = way.with(NEW + OLD).seal(PLACE, VALUE);
        assertThat(way.with(NEW).open(PLACE, again)).contains(VALUE);
        assertThat(way.with(OLD).open(PLACE, again)).isEmpty();
        assertThat(way.with(NEW).open(PLACE, sealed)).isEmpty();
    }

    @Test
    void aValueOfTheOtherWayOrOfAnotherPurposeDoesNotOpen() {
        SealingKeys keys = SealingKeys.parse(OLD);
        byte[] sealed = Sealing.perTag(keys, "cache").seal(PLACE, VALUE);
        assertThat(Sealing.with(keys).open(PLACE, sealed)).isEmpty();
        assertThat(Sealing.perTag(keys, "other").open(PLACE, sealed)).isEmpty();
    }

    @Test
    void aKeyFileThatDoesNotReadIsRefusedByItsLine() {
        for (String bad : new String[] {"", "# none\n", "one\n", "a b\n", OLD + OLD, "x y z\n", OLD + "b " + Base64.getEncoder().encodeToString(new byte[16])}) {
            assertThatThrownBy(() -> SealingKeys.parse(bad)).isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("AAAA");
        }
    }
}
