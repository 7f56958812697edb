package dev.gatehouse.text.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.re2j.Pattern;
import dev.gatehouse.text.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiiDetectorTest {

    private static final PiiDetector DETECTOR =
        new PiiDetector(Entity.all(), PiiDetector.DEFAULT_PHONE_REGIONS, PiiDetector.DEFAULT_MINIMUM_SCORE);

    /** The findings as {@code CATEGORY=value}. */
    private static List<String> found(String text) {
        return DETECTOR.scan(text).stream().map(finding -> finding.category() + "=" + text.substring(finding.start(), finding.end())).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "EMAIL|jane.doe+news@mail.example.co.uk|Write to {} today.",
        "EMAIL|o'brien@example.org|<{}>",
        "PHONE|+49 (0)30 901820|Meine Nummer: {}",
        "PHONE|(415) 555-2671|Leave it at {} please",
        "PHONE|06 12 34 56 78|Appelez-moi au {}.",
        "PHONE|345-899-3560x4587|Fax: {}",
        "CREDIT_CARD|4111 1111 1111 1111|Charge {} now",
        "CREDIT_CARD|378282246310005|('a','{}')",
        "IBAN|DE89 3704 0044 0532 0130 00|Mein IBAN lautet {}.",
        "IBAN|GB82WEST12345698765432|iban={}",
        "US_SSN|536-22-8145|My social is {}",
        "US_ITIN|912-78-1234|ITIN {}",
        "UK_NHS|943 476 5919|NHS number {}",
        "UK_NINO|AB 12 34 56 C|NI: {}",
        "CA_SIN|046 454 286|My SIN is {}",
        "AU_TFN|123 456 782|TFN {}",
        "AU_ABN|51 824 753 556|ABN {}",
        "IN_AADHAAR|2341 2341 2346|Aadhaar no. {}",
        "IN_PAN|ABCPE1234F|PAN: {}",
        "ES_NIF|12345678Z|Mi DNI es {}",
        "ES_NIF|X1234567L|NIE {}",
        "IT_CODICE_FISCALE|RSSMRA85T10A562S|Il mio codice fiscale è {}",
        "DE_TAX_ID|86095742719|Steuer-ID: {}",
        "FR_NIR|2 55 08 14 168 025 38|Mon numéro de sécurité sociale est {}",
        "PL_PESEL|44051401359|PESEL: {}",
        "NL_BSN|111222333|Mijn BSN is {}",
        "BR_CPF|529.982.247-25|CPF: {}",
        "BR_CNPJ|11.222.333/0001-81|CNPJ {}",
        "PASSPORT|C01X00T47|Reisepass {}",
        "PASSPORT|123456789|my passport number is {}",
        "DRIVER_LICENSE|MORGA657054SM9IJ|Driving licence {}",
        "IP_ADDRESS|84.23.171.9|login from {}",
        "IP_ADDRESS|2a02:908:1060:c0::77f3|seen at {} today",
        "MAC_ADDRESS|00:1A:2B:3C:4D:5E|device {}",
        "MAC_ADDRESS|AA-BB-CC-DD-EE-01|device {}",
        "CRYPTO|1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa|pay {}",
        "CRYPTO|bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq|pay {}",
        "CRYPTO|0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed|pay {}",
        "DATE_OF_BIRTH|March 31, 1981|born {} in Rome",
        "DATE_OF_BIRTH|31.03.1981|geboren am {}",
        "MEDICAL_RECORD|MR-0048213|Medical record {}",
    })
    void finds_each_entity_in_its_usual_form(String category, String value, String context) {
        String text = context.replace("{}", value);
        assertThat(found(text)).containsExactly(category + "=" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "My order number is 4539578763621486 and it is late.",
        "The model has 1,234,567,719 parameters.",
        "At 2026-11-10 13:19:26.086692 the queue length was 97112.",
        "ISBN 978-3-16-148410-0 explains it.",
        "Upgrade from version 10.4.22.1 to 10.214.33.7.",
        "Upgrade libfoo from 1.22.33.44 to 1.22.33.45.",
        "fetch http://127.0.0.1:8080 or 192.168.1.10",
        "\"tool_calls\": null}}], \"created\": 1759117375, \"id\": 7",
        "glucose between 140\u2013200 mg/dL",
        "Python 3.12.1.4 and 1.2.3.4 are versions",
        "Ticket INC1186077872 duplicates CHG15151817; part no. 8863-3163-872.",
        "commit 3f786850e387550fdab836ed7e6dc881de23001b",
        "id 550e8400-e29b-41d4-a716-446655440000",
        "std::vector<int> a = {1234567890};",
        "icon@2x.png and git@github.com:octo/repo.git",
        "postgres://user:word@db.example.com/app",
        "3.14159265358979 times 2718281828",
        "epoch 1764010766123",
    })
    void leaves_what_only_looks_like_personal_data(String text) {
        assertThat(found(text)).isEmpty();
    }

    @Test
    void takes_unusual_spaces_and_dashes_as_separators() {
        assertThat(found("SSN 536\u201122\u20118145, card 4111\u00A01111\u202F1111\u00A01111")).hasSize(2);
    }

    @Test
    void offsets_are_utf16_indices_of_the_text() {
        assertThat(DETECTOR.scan("\uD83D\uDE00 a@b.org")).containsExactly(new Finding("pii", "EMAIL", 0.97, 3, 10));
    }

    @Test
    void looks_only_for_the_entities_it_was_asked_for() {
        PiiDetector emails = new PiiDetector(Set.of(Entity.EMAIL), Set.of(), 0.5);
        assertThat(emails.scan("a@b.org, SSN 536-22-8145, call (415) 555-2671")).extracting(Finding::category).containsExactly("EMAIL");
    }

    @Test
    void finds_the_users_own_entities_by_pattern_and_context() {
        CustomEntity employee = new CustomEntity("EMPLOYEE_ID", Pattern.compile("\\bE\\d{6}\\b"), Set.of("Employee", "staff"), 0.8);
        PiiDetector detector = new PiiDetector(Set.of(), Set.of(), 0.5, List.of(employee));
        assertThat(detector.scan("employee E123456")).extracting(Finding::category).containsExactly("EMPLOYEE_ID");
        assertThat(detector.scan("part E123456")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "a@", "a.b@c.", "1 ", "12-", "::", "a:", "a1", "A-1-", "DE89 ", "+1 ", "AB 12 ", "call 555 1234 ", "31 March 1980 "})
    void a_hostile_text_costs_time_in_proportion_to_its_length(String unit) {
        String text = unit.repeat(200_000 / unit.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> DETECTOR.scan(text));
    }

    @Test
    void refuses_a_region_that_does_not_exist() {
        assertThatThrownBy(() -> new PiiDetector(Entity.all(), Set.of("XX"), 0.5)).hasMessageContaining("XX");
    }
}
