package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    private final Placeholders placeholders = new Placeholders();

    @Test
    void eachTypeCountsItsValuesByFirstAppearance() {
        assertThat(placeholders.of("EMAIL", "a@example.com")).isEqualTo("[EMAIL_1]");
        assertThat(placeholders.of("PHONE", "555")).isEqualTo("[PHONE_1]");
        assertThat(placeholders.of("EMAIL", "b@example.com")).isEqualTo("[EMAIL_2]");
    }

    @Test
    void theSameValueHasTheSameNumber() {
        String first = placeholders.of("EMAIL", "a@example.com");
        placeholders.of("EMAIL", "b@example.com");
        assertThat(placeholders.of("EMAIL", "a@example.com")).isEqualTo(first);
    }

    @Test
    void theSameTextOfTwoTypesHasTwoPlaceholders() {
        assertThat(placeholders.of("US_SSN", "123456789")).isNotEqualTo(placeholders.of("PASSPORT", "123456789"));
    }

    @Test
    void aLookAlikeOfTheClientReservesItsNumberInEverySpelling() {
        placeholders.reserveFrom("please keep [EMAIL_1], [Email 3] and \\[e-mail\\_4\\], not EMAIL_2, [EMAIL_0] or [PHONE_1]", Set.of("EMAIL"));
        assertThat(placeholders.of("EMAIL", "a@example.com")).isEqualTo("[EMAIL_2]");
        assertThat(placeholders.of("EMAIL", "b@example.com")).isEqualTo("[EMAIL_5]");
        assertThat(placeholders.of("PHONE", "555")).isEqualTo("[PHONE_1]");
    }

    @Test
    void typesThatEndInDigitsAreNeverMistakenForOthers() {
        placeholders.reserveFrom("[ID_21]", Set.of("ID", "ID_2"));
        assertThat(placeholders.of("ID_2", "x")).isEqualTo("[ID_2_2]");
        for (int i = 1; i <= 22; i++) {
            placeholders.of("ID", "value " + i);
        }
        assertThat(placeholders.entries().stream().map(entry -> PlaceholderSpelling.key(entry.placeholder())))
                .doesNotHaveDuplicates().doesNotContain("ID21");
    }

    @Test
    void aMillionLookAlikesTakeLittleRoom() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 1_000_000; i++) {
            text.append("[EMAIL_").append(i).append("][X").append(i).append(']');
        }
        placeholders.reserveFrom(text.toString(), Set.of("EMAIL"));
        assertThat(placeholders.of("EMAIL", "a@example.com")).isEqualTo("[EMAIL_1000001]");
    }

    @Test
    void whatAnEarlierTurnPutInKeepsItsNumber() {
        placeholders.adopt(new Placeholders.Entry("EMAIL", 3, "a@example.com"));
        assertThat(placeholders.of("EMAIL", "a@example.com")).isEqualTo("[EMAIL_3]");
        assertThat(placeholders.of("EMAIL", "b@example.com")).isEqualTo("[EMAIL_4]");
    }

    @Test
    void onlyItsOwnPlaceholdersHaveAnOriginal() {
        placeholders.reserveFrom("[EMAIL_1]", Set.of("EMAIL"));
        String own = placeholders.of("EMAIL", "a@example.com");
        assertThat(placeholders.original(own)).contains("a@example.com");
        assertThat(placeholders.original("[EMAIL_1]")).isEmpty();
        assertThat(placeholders.original("[PHONE_1]")).isEmpty();
    }

    @Test
    void nothingIsReplacedUntilAValueIsSeen() {
        placeholders.reserveFrom("[EMAIL_1]", Set.of("EMAIL"));
        assertThat(placeholders.isEmpty()).isTrue();
        placeholders.of("EMAIL", "a@example.com");
        assertThat(placeholders.isEmpty()).isFalse();
    }

    @Test
    void noValueIsShown() {
        placeholders.of("EMAIL", "a@example.com");
        assertThat(placeholders.toString()).doesNotContain("a@example.com");
    }
}
