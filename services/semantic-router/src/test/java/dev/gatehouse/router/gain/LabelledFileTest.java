package dev.gatehouse.router.gain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.router.gain.LabelledFile.Line;
import dev.gatehouse.router.gain.LabelledFile.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFileTest {

    @TempDir
    private Path folder;

    private Path file(String lines) throws IOException {
        return Files.writeString(folder.resolve("log.jsonl"), lines);
    }

    @Test
    void aLineSaysWhichModelWasRight() throws IOException {
        Path file = file("""
                {"text":"a","weak_ok":true,"strong_ok":false}

                {"prompt":"b","right":["large","other"]}
                {"prompt":"c","right":[]}
                """);
        assertThat(LabelledFile.read(file, new Models("small", "large")))
                .containsExactly(new Line("a", true, false), new Line("b", false, true), new Line("c", false, false));
    }

    @Test
    void aLineThatSaysTooLittleIsNamedWithoutItsText() throws IOException {
        Path file = file("{\"text\":\"a\",\"weak_ok\":true,\"strong_ok\":true}\n{\"prompt\":\"my secret\",\"strong_ok\":true}\n");
        assertThatThrownBy(() -> LabelledFile.read(file, Models.SHORT)).isInstanceOf(IOException.class).hasMessageContaining("line 2")
                .hasMessageNotContaining("secret");
    }
}
