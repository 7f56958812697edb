package dev.gatehouse.guard.mask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialTest {

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, a**@example.com",
        "4111 1111 1111 1111, **** **** **** 1111",
        "4111-1111-1111-1111, ****-****-****-1111",
        "AKIA1234567890ABCDEF, ****************CDEF",
        "1234567, ******7",
        "abc, ***"})
    void keepsTheShapeAndAtMostAQuarterOfTheSigns(String value, String masked) {
        assertThat(Partial.mask(value)).isEqualTo(masked);
    }

    @Test
    void countsCharactersOutsideTheBasicPlaneAsOne() {
        String fourLetters = "\uD835\uDC00\uD835\uDC01\uD835\uDC02\uD835\uDC03";
        assertThat(Partial.mask(fourLetters)).isEqualTo("***\uD835\uDC03");
    }
}
