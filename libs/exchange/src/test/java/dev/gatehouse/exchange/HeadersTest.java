package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadersTest {

    private final Headers headers = Headers.of("Content-Type", "application/json", "x-a", "1", "X-A", "2", ":path", "/v1");

    @Test
    void namesAreLowerCaseAndFoundInAnyCase() {
        assertThat(headers.fields()).extracting(Headers.Field::name).containsExactly("content-type", "x-a", "x-a", ":path");
        assertThat(headers.first("CONTENT-TYPE")).contains("application/json");
    }

    @Test
    void allValuesOfANameComeInOrder() {
        assertThat(headers.all("x-a")).containsExactly("1", "2");
        assertThat(headers.first("x-a")).contains("1");
        assertThat(headers.first("x-b")).isEmpty();
    }

    @Test
    void settingReplacesAllValuesAndLeavesTheOriginalAlone() {
        assertThat(headers.with("X-a", "3").all("x-a")).containsExactly("3");
        assertThat(headers.all("x-a")).containsExactly("1", "2");
    }

    @Test
    void removingTakesEveryValue() {
        assertThat(headers.without("X-A").all("x-a")).isEmpty();
        assertThat(Headers.of("a", "1").without("A").isEmpty()).isTrue();
    }

    @Test
    void fieldsCannotBeChanged() {
        List<Headers.Field> fields = headers.fields();
        assertThatThrownBy(() -> fields.add(new Headers.Field("x", "y"))).isInstanceOf(UnsupportedOperationException.class);
    }
}
