package dev.gatehouse.ratelimit.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorConfigurationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "domain: ''                                                                                    | cannot have empty domain",
        "\"domain: a\ndescriptors: [{value: b}]\"                                                      | descriptor has empty key",
        "\"domain: a\ndescriptors: [{key: b}, {key: b}]\"                                              | duplicate descriptor composite key 'a.b'",
        "\"domain: a\ndescriptors: [{key: b, rate_limit: {requests_per_unit: 1}}]\"                    | invalid rate limit unit ''",
        "\"domain: a\ndescriptors: [{key: b, rate_limit: {unit: fortnight, requests_per_unit: 1}}]\"   | invalid rate limit unit 'fortnight'",
        "\"domain: a\ndescriptors: [{key: b, rate_limit: {unit: day, unlimited: true}}]\"              | should not specify rate limit unit when unlimited",
        "\"domain: a\ndescriptors: [{key: b, rate_limit: {unit: day, replaces: [{name: ''}]}}]\"       | should not have an empty replaces entry",
        "\"domain: a\ndescriptors: [{key: b, rate_limit: {unit: day, name: n, replaces: [{name: n}]}}]\" | replaces should not contain name of same descriptor",
        "\"domain: a\ndescriptors: [{key: b, value: c, share_threshold: true}]\"                       | share_threshold can only be used with wildcard values",
        "\"domain: a\ndescriptors: [{key: b, ratelimit: {unit: day}}]\"                                | unknown key 'ratelimit'",
        "\"domain: a\ndescriptors: [b]\"                                                               | list of type other than map",
        "\"domain: a\ndescriptors: [{key: b, rate_limit: {unit: day, requests_per_unit: many}}]\"      | requests_per_unit must be a whole number",
        "\"domain: a\ndescriptors: [{key: b, rate_limit: {unit: day, requests_per_unit: -1}}]\"        | requests_per_unit must be a whole number",
        "\"domain: a\ndescriptors: [{key: b, shadow_mode: maybe}]\"                                    | shadow_mode must be true or false",
        "\"domain: [a\"                                                                                | error loading config file",
        "\"1: a\"                                                                                      | key is not of type string"
    })
    void aFaultyFileIsRefusedWithItsNameAndTheReason(String file, String reason) {
        assertThat(Service.of().load(file)).hasValueSatisfying(fault -> assertThat(fault).startsWith("file0: ").contains(reason));
    }

    @Test
    void scalarsWhereATextIsWantedAreThatTextAsWritten() {
        Service service = Service.of("domain: 007\ndescriptors: [{key: yes, value: 1.50, rate_limit: {unit: Hour, requests_per_unit: 0x1}}]");
        assertThat(service.ask("007", "yes=1.50").statuses().getFirst().limit().orElseThrow().requestsPerUnit()).isEqualTo(1);
    }

    @Test
    void keysInPlacesWhereTheyMeanNothingAreTolerated() {
        assertThat(Service.of().load("domain: a\nunit: day\ndescriptors: [{key: b, domain: x, rate_limit: {unit: day, value: 3}}]")).isEmpty();
    }

    @Test
    void twoFilesOfOneDomainAreRefusedUnlessTheyMayBeMerged() {
        String one = "domain: a\ndescriptors: [{key: b}]";
        String two = "domain: a\ndescriptors: [{key: c, rate_limit: {unit: day, requests_per_unit: 0}}]";
        assertThat(Service.of().load(one, two)).hasValueSatisfying(fault -> assertThat(fault).contains("duplicate domain 'a'"));
        LiveConfiguration merging = new LiveConfiguration(true, new Statistics());
        assertThat(merging.load(() -> List.of(DescriptorYaml.read("1", one), DescriptorYaml.read("2", two)))).isEmpty();
        assertThat(merging.get().dump()).isEqualTo("a.c: unit=DAY requests_per_unit=0, shadow_mode: false, quota_mode: false\n");
    }

    @Test
    void aFaultyChangeLeavesTheLastGoodConfiguration() {
        Service service = Service.of("domain: a\ndescriptors: [{key: b, rate_limit: {unit: day, requests_per_unit: 0}}]");
        assertThat(service.load("domain: a\ndescriptors: [{}]")).isPresent();
        assertThat(service.ask("a", "b=1").overall()).isEqualTo(Code.OVER_LIMIT);
        assertThat(service.count("config_load_success")).isEqualTo(1);
        assertThat(service.count("config_load_error")).isEqualTo(1);
    }

    @Test
    void aFolderIsReadWithItsSubFoldersAndAgainWhenItChanges(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("sub"));
        Files.createDirectories(folder.resolve("..2026"));
        Files.writeString(folder.resolve("sub/a.yaml"), "domain: a\ndescriptors: [{key: b, rate_limit: {unit: day, requests_per_unit: 1}}]");
        Files.writeString(folder.resolve("..2026/a.yaml"), "domain: a\ndescriptors: []");
        Files.writeString(folder.resolve(".hidden"), "domain: h");
        Service service = Service.of();
        BlockingQueue<String> faults = new LinkedBlockingQueue<>();
        try (DescriptorFolder source = new DescriptorFolder(folder, false, service.configuration, faults::add)) {
            assertThat(service.configuration.get().dump()).startsWith("a.b: unit=DAY requests_per_unit=1");
            Files.writeString(folder.resolve("sub/a.yaml"), "domain: ''");
            assertThat(faults.poll(10, TimeUnit.SECONDS)).isEqualTo("sub/a.yaml: config file cannot have empty domain");
            assertThat(service.configuration.get().dump()).startsWith("a.b: unit=DAY requests_per_unit=1");
            Files.writeString(folder.resolve("sub/a.yaml"), "domain: a\ndescriptors: [{key: b, rate_limit: {unit: day, requests_per_unit: 20}}]");
            assertThat(await(() -> service.configuration.get().dump().contains("requests_per_unit=20"))).isTrue();
        }
    }

    private static boolean await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return condition.getAsBoolean();
    }
}
