package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNamesTest {

    @Test
    void namesStandForModels() {
        assertThat(ModelNames.parse("my-deployment=gpt-4o, llama = meta-llama/Llama-3.1-8B"))
                .isEqualTo(Map.of("my-deployment", "gpt-4o", "llama", "meta-llama/Llama-3.1-8B"));
    }

    @Test
    void nothingSetMeansNoNames() {
        assertThat(ModelNames.parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "=gpt-4o", "mine=", "mine=gpt-4o,", "mine=gpt-4o,mine=gpt-4"})
    void aPairThatSaysNothingIsRefused(String setting) {
        assertThatIllegalArgumentException().isThrownBy(() -> ModelNames.parse(setting)).withMessageContaining("NAME=MODEL");
    }
}
