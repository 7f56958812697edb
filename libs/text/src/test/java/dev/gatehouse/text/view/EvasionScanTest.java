package dev.gatehouse.text.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Detector;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.pii.Entity;
import dev.gatehouse.text.pii.PiiDetector;
import dev.gatehouse.text.secret.RulePack;
import dev.gatehouse.text.secret.SecretDetector;
import dev.gatehouse.text.secret.SecretRule;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Detectors over all the readings of a text, as the guard runs them. */
class EvasionScanTest {

    private static final EvasionScan PII = EvasionScan.ofData(
            new PiiDetector(Entity.all(), PiiDetector.DEFAULT_PHONE_REGIONS, PiiDetector.DEFAULT_MINIMUM_SCORE));
    private static final EvasionScan SECRETS = EvasionScan.ofData(
            new SecretDetector(RulePack.standard(), new SecretDetector.Options(Set.of(SecretRule.Kind.PROVIDER, SecretRule.Kind.GENERIC), Set.of())));

    private static List<String> found(EvasionScan scan, String text) {
        return scan.scan(InspectedText.of(text)).stream()
                .map(finding -> finding.category() + "=" + text.substring(finding.start(), finding.end())).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "US_SSN|my SSN is {}|536\u200B-22-\u200B8145",
        "EMAIL|write to {} now|j a n e @ e x a m p l e . o r g",
        "EMAIL|write to {} now|jane&#64;example.org",
        "CREDIT_CARD|pay with {}.|\uFF14\uFF11\uFF11\uFF11 1111 1111 1111",
    })
    void disguised_personal_data_is_found_where_it_stands(String category, String context, String value) {
        assertThat(found(PII, context.replace("{}", value))).containsExactly(category + "=" + value);
    }

    @Test
    void personal_data_in_base64_is_found_as_the_whole_run() {
        String run = Base64.getEncoder().encodeToString("the SSN of Jane is 536-22-8145".getBytes());
        assertThat(found(PII, "decode " + run + " please")).containsExactly("US_SSN=" + run);
    }

    @Test
    void an_escaped_line_end_before_a_value_is_no_part_of_it() {
        assertThat(found(PII, "{\"text\": \"Hi\\njane@example.org\\n4111111111111111\"}"))
                .containsExactly("EMAIL=jane@example.org", "CREDIT_CARD=4111111111111111");
        assertThat(found(SECRETS, "{\"text\": \"keys:\\nAKIAZ3MSJV4WQ7TBYH2N\\nend\"}"))
                .containsExactly("aws-access-key-id=AKIAZ3MSJV4WQ7TBYH2N");
    }

    @Test
    void what_several_readings_show_is_found_once() {
        assertThat(found(PII, "caf\u00E9: jane@example.org, tel. (415) 555-2671 &amp; SSN 536-22-8145"))
                .containsExactly("EMAIL=jane@example.org", "PHONE=(415) 555-2671", "US_SSN=536-22-8145");
    }

    @Test
    void of_overlapping_findings_the_surest_stays_and_of_equal_ones_the_longest() {
        Detector detector = text -> List.of(new Finding("t", "weak", 0.5, 0, 9), new Finding("t", "sure", 0.9, 4, 8),
                new Finding("t", "short", 0.7, 20, 22), new Finding("t", "long", 0.7, 19, 23));
        assertThat(EvasionScan.ofData(detector).scan(InspectedText.of("x".repeat(30)))).extracting(Finding::category)
                .containsExactly("sure", "long");
    }

    @Test
    void overlapping_findings_of_one_category_become_one() {
        Detector detector = text -> List.of(new Finding("t", "a", 0.5, 0, 9), new Finding("t", "b", 0.6, 2, 4),
                new Finding("t", "a", 0.9, 4, 12), new Finding("t", "a", 0.7, 20, 22));
        assertThat(EvasionScan.ofWords(detector).scan(InspectedText.of("x".repeat(30)))).containsExactly(
                new Finding("t", "a", 0.9, 0, 12), new Finding("t", "b", 0.6, 2, 4), new Finding("t", "a", 0.7, 20, 22));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "What is 4 1 1 1 + 1 1 1 1 - 1 1 1 1 times 1 1 1 1?",
        "a 1 b 2 c 3 d 4 e 5 f 6 g 7 h 8 i 9 j 0 k 4 l 1 m 5",
        "1. e4 e5 2. Nf3 Nc6 3. Bb5 a6 4. Ba4 Nf6 5. O-O Be7 6. Re1 b5 7. Bb3 d6 8. c3 O-O 9. h3 Nb8 10. d4 Nbd7",
        "r1bqk2r/2ppbppp/p1n2n2/1p2p3/4P3/1B3N2/PPPP1PPP/RNBQR1K1 b kq - 0 7",
        "Sort [415, 555, 2671, 536, 22, 8145] and print(f\"{x:>10}\\n{y:>10}\\n\")",
        "printf(\"%d\\n%d\\n\", 4155552671, 2025550143);",
        "for (int i = 0; i < 1000000007; i++) { sum += a[i] * 998244353; }",
        "const MAX = 2147483647, MIN = -2147483648, U = 4294967295, L = 9223372036854775807;",
        "{\"id\": \"chatcmpl-9x\", \"created\": 1759117375, \"usage\": {\"prompt_tokens\": 1203, \"total_tokens\": 15987}}",
        "{\"a\": [1,2,3], \"b\": \"2026-11-24T20:00:00.123456Z\", \"c\": 1764010766123, \"d\": 1732478400}",
        "2026-11-24 13:19:26.086 INFO [http-nio-8080-exec-12] c.e.OrderService - order=100045872231 took=15ms trace=4bf92f3577b34da6a3ce929d0e0e4736",
        "Nov 24 13:19:26 node-7 kernel: [ 1234567.890123] eth0: link up, 1000Mbps, full-duplex, lpa 0x45E1",
        "| id | qty | price |\n|---:|----:|------:|\n| 100200300 | 12 | 1,299.00 |\n| 100200301 | 7 | 15,450.75 |",
        "order,sku,qty\n4500012345,8801234567,3\n4500012346,8801234574,1",
        "id 550e8400-e29b-41d4-a716-446655440000 and 018f4e6c-9a1b-7c3d-8e5f-0123456789ab",
        "Order #112-4820394-1837465 shipped with tracking 1Z999AA10123456784 and 9400 1000 0000 0000 0000 00",
        "x = 3.141592653589793; y = 2.718281828459045e-10; z = 6.02214076e23",
        "Compute 123456789 * 987654321 = 121932631112635269 and 2^64 = 18446744073709551616",
        "The matrix [[1 2 3 4] [5 6 7 8] [9 10 11 12] [13 14 15 16]] has rank 2",
        "Fibonacci: 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765",
        "Primes: 1000003 1000033 1000037 1000039 1000081 1000099",
        "Upgrade Node 20.11.1, npm 10.2.4, Java 25.0.1+8 and Chrome 131.0.6778.85 to the newest",
        "<meta name=\"viewport\"> &nbsp; &#169; 2026 &lt;div id=&quot;c415-555&quot;&gt;",
        "color: #4f46e5; padding: 10px 15px 20px 25px; grid-area: 1 / 2 / 3 / 4; width: 1920px; height: 1080px",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 was pulled 1024 times",
        "SELECT * FROM orders WHERE id IN (1002003001, 1002003002) AND ts > 1700000000 LIMIT 100;",
        "Wavelengths: 380-450 nm, 450-495 nm, 495-570 nm, 570-590 nm, 590-620 nm, 620-750 nm",
        "Battle of Hastings 1066, Magna Carta 1215, 1492-1504 voyages, 1914-1918, 1939-1945",
        "ISBN 978-0-13-468599-1, DOI 10.1000/xyz123, arXiv:2307.09288, RFC 9110 section 15.5.20",
        "GET /v1/items?offset=1000000&limit=250&cursor=%7B%22id%22%3A100045872%7D HTTP/1.1",
        "import numpy as np\nx = np.array([0.1234567890, 4.1555526710, 2.0255501430])\nprint(x.shape)\n",
        "\\begin{tabular}{rrr} 1234 & 5678 & 9012 \\\\ 3456 & 7890 & 1234 \\end{tabular}",
        "0x7fff5fbff8c0 0x00007ff8 48 89 e5 41 57 41 56 53 48 83 ec 18 4c 8b 35",
        "GPS 52.520008, 13.404954 and 40.712776, -74.005974 are 6385 km apart",
        "seed=1234567890 lr=3e-4 batch=4096 steps=1000000 loss=0.693147180559945",
        "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
        "P o k e m o n   n u m b e r s   0 2 5   1 5 0   1 5 1   a n d   4 1 5 5 5 5 2 6 7 1",
        "Revenue: $1,234,567,890 in 2025 vs. $987,654,321 in 2024 (+25.0 %)",
        "git rebase -i HEAD~12 && git push origin 3f786850e387550fdab836ed7e6dc881de23001b:main",
        "Q1 2026: 415 tickets, 555 closed, 2671 open; sprint 24.11.2026-08.12.2026",
    })
    void usual_prompts_hold_neither_personal_data_nor_secrets(String text) {
        assertThat(found(PII, text)).isEmpty();
        assertThat(found(SECRETS, text)).isEmpty();
    }
}
