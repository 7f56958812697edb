package dev.gatehouse.text.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SignatureQualityTest {

    @Test
    void a_third_of_the_attacks_blocks_at_under_one_percent_of_harmless_texts() throws IOException {
        assumeTrue(SignatureBench.data() != null, "GATEHOUSE_DATA does not name the folder with the labelled prompts");
        SignatureBench.Result result = SignatureBench.measure(SignatureBench.data());
        assertThat(result.allAttacks().percent()).isGreaterThanOrEqualTo(35);
        assertThat(result.allBenign().percent()).isLessThanOrEqualTo(1);
        assertThat(result.hardBenign().percent()).isLessThanOrEqualTo(1.5);
    }
}
