package dev.gatehouse.text.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LookAlikeTableTest {

    @Test
    void the_table_in_the_library_is_the_one_unicode_gives() throws IOException {
        try (InputStream in = LookAlikes.class.getResourceAsStream("lookalikes.tsv")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(LookAlikeTable.make());
        }
    }
}
