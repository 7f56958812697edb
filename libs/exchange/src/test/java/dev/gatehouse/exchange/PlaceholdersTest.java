package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aLookAlikeOfTheClientReservesItsNumber() {
        placeholders.reserveFrom("please keep [EMAIL_1] and [EMAIL_3], not [email_2] or [EMAIL_0]");
        assertThat(placeholders.of("EMAIL", "a@example.com")).isEqualTo("[EMAIL_2]");
        assertThat(placeholders.of("EMAIL", "b@example.com")).isEqualTo("[EMAIL_4]");
    }

    @Test
    void onlyItsOwnPlaceholdersHaveAnOriginal() {
        placeholders.reserveFrom("[EMAIL_1]");
        String own = placeholders.of("EMAIL", "a@example.com");
        assertThat(placeholders.original(own)).contains("a@example.com");
        assertThat(placeholders.original("[EMAIL_1]")).isEmpty();
        assertThat(placeholders.original("[PHONE_1]")).isEmpty();
    }

    @Test
    void nothingIsReplacedUntilAValueIsSeen() {
        placeholders.reserveFrom("[EMAIL_1]");
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
