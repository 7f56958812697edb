package dev.gatehouse.text.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Detector;
import dev.gatehouse.text.view.EvasionScan;
import dev.gatehouse.text.view.InspectedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The bar on labelled data, which lies outside the project: {@code GATEHOUSE_DATA} names its folder. With {@code GATEHOUSE_REPORTS}
 * naming a folder, the table goes there as {@code guard-secrets.md}.
 */
class SecretBenchTest {

    @Test
    void provider_secrets_meet_the_bar_and_benign_prompts_stay_clean() throws IOException {
        String data = System.getenv("GATEHOUSE_DATA");
        Assumptions.assumeTrue(data != null, "GATEHOUSE_DATA names no folder with labelled data");
        SecretBench bench = new SecretBench(Path.of(data), asInTheGuard(false));
        String report = new SecretReport(bench, new SecretBench(Path.of(data), asInTheGuard(true))).markdown();
        System.out.println(report);
        if (System.getenv("GATEHOUSE_REPORTS") != null) {
            Files.writeString(Path.of(System.getenv("GATEHOUSE_REPORTS"), "guard-secrets.md"), report);
        }
        SecretBench.Score provider = bench.score(row -> !row.generic());
        assertThat(provider.recall()).isGreaterThanOrEqualTo(0.90);
        assertThat(bench.precision(provider)).isGreaterThanOrEqualTo(0.97);
        assertThat(bench.flaggedBenign().size()).isLessThan(bench.benign().size() / 1000);
    }

    /** Over all readings that can hold data. */
    private static Detector asInTheGuard(boolean identifiers) {
        SecretDetector.Options options = new SecretDetector.Options(identifiers ? EnumSet.allOf(SecretRule.Kind.class) : EnumSet.of(SecretRule.Kind.PROVIDER, SecretRule.Kind.GENERIC), Set.of());
        EvasionScan scan = EvasionScan.ofData(new SecretDetector(RulePack.standard(), options));
        return text -> scan.scan(InspectedText.of(text));
    }
}
