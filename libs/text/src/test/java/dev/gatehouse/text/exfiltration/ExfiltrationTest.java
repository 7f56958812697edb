package dev.gatehouse.text.exfiltration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.Splits;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExfiltrationTest {

    private static final String PROMPT = "The launch of Project Heron moves to the ninth of May. Invoice HRN-2231-77 is open.";

    private final Exfiltration free = new Exfiltration(EnumSet.allOf(LinkKind.class), Hosts.of(List.of()), Hosts.of(List.of("*.evil.example")), 4.2,
            Optional.of(PROMPT));
    private final Exfiltration listed = new Exfiltration(EnumSet.allOf(LinkKind.class), Hosts.of(List.of("docs.example.org", "*.example.com")),
            Hosts.of(List.of("bad.example.com")), 4.2, Optional.of(PROMPT));

    private static List<String> categories(Exfiltration detector, String text) {
        return detector.scan(text).stream().map(Finding::category).toList();
    }

    @Test
    void hosts_are_told_by_the_lists() {
        assertThat(categories(listed, "See https://docs.example.org/a, https://x.example.com/ and [this](http://example.com).")).isEmpty();
        assertThat(categories(listed, "See https://bad.example.com/ and https://example.net/")).containsExactly("denied-host", "unlisted-host");
        assertThat(categories(free, "![x](https://a.evil.example/p.png)")).containsExactly("denied-host");
    }

    @Test
    void tricks_with_the_host_do_not_help() {
        for (String url : List.of("https://docs.example.org@example.net/", "https://docs.example.org.example.net/", "//example.net/a", "https:\\\\example.net/a",
                "https://example.net\\@docs.example.org/", "HTTPS://EXAMPLE.NET./", "https://ex%61mple.net/", "http://3232235777/", "http://[::1]/", "https://xn--dcs-goa.example.net/")) {
            assertThat(categories(listed, "![x](" + url + ")")).as(url).containsExactly("unlisted-host");
        }
        assertThat(categories(free, "go to https://paypal.com@192.0.2.7/login")).containsExactly("deceptive-host");
    }

    @Test
    void words_of_the_request_are_found_in_an_address_also_encoded() {
        String words = "Project Heron moves to the ninth";
        byte[] bytes = words.getBytes();
        for (String data : List.of(words.replace(' ', '+'), words.replace(" ", "%20"), words.replace(' ', '-'), Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), HexFormat.of().formatHex(bytes), "HRN-2231-77")) {
            assertThat(categories(free, "![](https://img.example.net/p?d=" + data + "&x=1)")).as(data).containsExactly("prompt-content");
        }
        assertThat(categories(free, "data:text/plain," + words.replace(" ", "%20"))).containsExactly("prompt-content");
    }

    @Test
    void what_looks_encoded_and_what_is_loaded_with_a_query_is_found() {
        assertThat(categories(free, "https://a.example.net/c?k=Zk9QeHd2bVJ0c0xYYTFCZ1lUNnVHSDA3bk5qRWlLcw")).containsExactly("encoded-data");
        assertThat(categories(free, "<img src=\"https://a.example.net/c?user=anna&city=oslo&room=12&floor=3\">")).containsExactly("loaded-with-query");
        assertThat(categories(free, "Read https://en.wikipedia.org/wiki/Heron_(disambiguation)?action=history#top or https://github.com/a/b/issues/12.")).isEmpty();
        assertThat(categories(free, "data:text/html;base64,PHNjcmlwdD4=")).containsExactly("data-uri");
    }

    @Test
    void only_the_kinds_that_are_wanted_are_looked_at() {
        Exfiltration images = new Exfiltration(EnumSet.of(LinkKind.MARKDOWN_IMAGE), Hosts.of(List.of("docs.example.org")), Hosts.of(List.of()), 4.2, Optional.empty());
        assertThat(images.scan("https://example.net [a](https://example.net) <a href='https://example.net'>")).isEmpty();
        assertThat(images.scan("![a](https://example.net/x)")).hasSize(1);
    }

    @Test
    void finds_the_same_however_an_answer_is_cut() {
        Random random = new Random(4);
        List<String> pieces = List.of("![a b](", "[x](", ")", " ", "https://", "http:\\\\", "//", "data:text/plain,", "docs.example.org", "example.net", "/p?d=", "Project+Heron+moves+to",
                "<img src=\"", "\">", "word ", "a@b", "%41", "\n", "ht", "tp", ":", "é", "\uD83D\uDE00", "[r]: ", "?q=1&r=2#f", "Zk9QeHd2bVJ0c0xYYTFCZ1lUNnVHSDA3bk5qRWlLcw");
        for (int i = 0; i < 600; i++) {
            StringBuilder answer = new StringBuilder();
            for (int n = random.nextInt(14); n >= 0; n--) {
                answer.append(pieces.get(random.nextInt(pieces.size())));
            }
            String text = answer.toString();
            for (Exfiltration detector : List.of(free, listed)) {
                List<Finding> whole = Splits.findings(detector, text);
                assertThat(Splits.findings(detector, text, Splits.every(text.length()))).as(text).isEqualTo(whole);
                assertThat(Splits.findings(detector, text, Splits.random(random, text.length()))).as(text).isEqualTo(whole);
            }
        }
    }

    @Test
    void prose_does_not_wait() {
        DetectorStream stream = free.open();
        assertThat(stream.feed("Herons are tall birds").settled()).isEqualTo("Herons are tall birds".length());
        assertThat(stream.feed(" (see http").settled()).isEqualTo("Herons are tall birds (see ".length());
    }
}
