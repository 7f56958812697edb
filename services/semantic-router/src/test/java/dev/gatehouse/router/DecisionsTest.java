package dev.gatehouse.router;

import static dev.gatehouse.router.TestRouter.CHAT;
import static dev.gatehouse.router.TestRouter.CODE;
import static dev.gatehouse.router.TestRouter.NEITHER;
import static dev.gatehouse.router.TestRouter.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.router.TestRouter.Sent;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Where requests go, by policy: rules, seats, classes, thresholds, and what cannot be read. */
class DecisionsTest {

    private static final String TALK = "identity: {conversation: {header: x-talk}}\nsticky: {}\n";
    private static final String STRICT = ROUTES.replace("    target:", "    threshold: 0.65\n    target:");

    @Test
    void classesReachModelsOfTheirOwn() throws Exception {
        TestRouter router = TestRouter.of(ROUTES);
        assertThat(router.chat(CODE).model()).isEqualTo("coder");
        assertThat(router.chat(CHAT).model()).isEqualTo("talker");
        assertThat(router.chat(CODE).header("x-gateway-model-name")).contains("coder");
    }

    // --- header and body agree

    @Test
    void whatCannotBeReadKeepsItsModelInHeadersToo() throws Exception {
        TestRouter router = TestRouter.of("defaultTarget: {model: talker, headers: {x-pool: small}}\nmaxBodyBytes: 1Ki\n" + ROUTES);
        for (String body : new String[] {"no JSON", "{\"model\":\"auto\",\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"id\":1}", ""}) {
            Sent sent = router.send(TestRouter.EXT_PROC, body.contains("jsonrpc") ? "/mcp" : "/v1/chat/completions", body, "x-gateway-model-name", "mine", "x-pool", "large");
            assertThat(sent.model()).as(body).isEqualTo("untouched");
            assertThat(sent.header("x-gateway-model-name")).as(body).isEmpty();
            assertThat(sent.header("x-pool")).as(body).isEmpty();
        }
    }

    @Test
    void aDefaultOfHeadersHoldsForWhatCannotBeReadToo() throws Exception {
        TestRouter router = TestRouter.of("defaultTarget: {headers: {x-pool: small}}\n" + ROUTES);
        assertThat(router.send(TestRouter.EXT_PROC, "/v1/chat/completions", "no JSON", "x-pool", "large").header("x-pool")).contains("small");
    }

    @Test
    void modelInThePathAndHeaderAgree() throws Exception {
        TestRouter router = TestRouter.of(ROUTES);
        Sent sent = router.send(TestRouter.EXT_PROC, "/v1beta/models/auto:generateContent",
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + CODE + "\"}]}]}");
        assertThat(sent.header(":path")).contains("/v1beta/models/coder:generateContent");
        assertThat(sent.header("x-gateway-model-name")).contains("coder");
    }

    // --- thresholds

    /** The best route is refused by its condition; the next best is measured by its own threshold, not by the best one's. */
    @Test
    void eachRouteIsMeasuredByItsOwnThreshold() throws Exception {
        String twins = """
                routes:
                  - {name: staff, when: "'x-staff' in request.headers", threshold: 0.1, examples: [Write a function that sorts a list in Java, Explain this stack trace, Fix my compiler error], target: {model: dear}}
                  - {name: code, threshold: %s, examples: ["Why does this Python code fail?", Debug this program for me, Write a script that renames files], target: {model: coder}}
                """;
        String asked = "Write a function that sorts a list in Java";
        assertThat(TestRouter.of(twins.formatted("0.1")).chat(asked, "x-staff", "yes").model()).isEqualTo("dear");
        assertThat(TestRouter.of(twins.formatted("0.1")).chat(asked).model()).isEqualTo("coder");
        assertThat(TestRouter.of(twins.formatted("0.99")).chat(asked).model()).isEqualTo("untouched");
    }

    @Test
    void nobodyIsSureOfNonsense() throws Exception {
        TestRouter router = TestRouter.of("defaultTarget: {model: small}\n" + STRICT);
        assertThat(router.chat(NEITHER).model()).isEqualTo("small");
        assertThat(TestRouter.of("defaultTarget: {model: small}\nonLowConfidence: Keep\n" + STRICT).chat(NEITHER).model()).isEqualTo("untouched");
    }

    // --- conversations

    @Test
    void aConversationStaysThoughItsTopicChanges() throws Exception {
        TestRouter router = TestRouter.of(TALK + ROUTES);
        router.chat(CODE, "x-talk", "one");
        router.awaitKept(1);
        assertThat(router.chat(CHAT, "x-talk", "one").model()).isEqualTo("coder");
        assertThat(router.chat(CHAT, "x-talk", "two").model()).isEqualTo("talker");
    }

    @Test
    void aRuleLeadsAConversationAwayAndALowerOneDoesNot() throws Exception {
        TestRouter router = TestRouter.of(TALK + ROUTES + """
                  - {name: pictures, when: images, target: {model: seer}}
                  - {name: minor, priority: -1, when: "'x-minor' in request.headers", target: {model: small}}
                """);
        router.chat(CODE, "x-talk", "one");
        router.awaitKept(1);
        assertThat(router.chat(CHAT, "x-talk", "one", "x-minor", "yes").model()).isEqualTo("coder");
        router.awaitKept(1);
        String picture = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is it?\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/a.png\"}}]}]}";
        assertThat(router.send(TestRouter.EXT_PROC, "/v1/chat/completions", picture, "x-talk", "one").model()).isEqualTo("seer");
        router.awaitKept(1);
        assertThat(router.chat(CHAT, "x-talk", "one").model()).as("it stays where the rule has led it").isEqualTo("seer");
    }

    @Test
    void theDefaultIsKeptToo() throws Exception {
        TestRouter router = TestRouter.of(TALK + "defaultTarget: {model: small}\n" + STRICT);
        assertThat(router.chat(NEITHER, "x-talk", "one").model()).isEqualTo("small");
        router.awaitKept(1);
        assertThat(router.chat(CODE, "x-talk", "one").model()).isEqualTo("small");
    }

    @Test
    void targetsOfHeadersAreKeptToo() throws Exception {
        TestRouter router = TestRouter.of(TALK + ROUTES.replaceAll("\\{model: (\\w+)}", "{headers: {x-pool: $1}}"));
        assertThat(router.chat(CODE, "x-talk", "one").header("x-pool")).contains("coder");
        router.awaitKept(1);
        assertThat(router.chat(CHAT, "x-talk", "one").header("x-pool")).contains("coder");
    }

    @Test
    void whatOnlyThisTurnLacksKeepsNoSeat() throws Exception {
        TestRouter router = TestRouter.of(TALK + "defaultTarget: {model: small}\n" + ROUTES);
        assertThat(router.chat(" ", "x-talk", "one").model()).isEqualTo("small");
        assertThat(router.chat(CODE, "x-talk", "one").model()).isEqualTo("coder");
    }

    /** Two people whom nobody can tell apart begin with the same words: they share no seat. */
    @Test
    void withoutAnyIdentityNoSeatIsShared() throws Exception {
        TestRouter router = TestRouter.of("sticky: {}\n" + ROUTES);
        String turns = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"},{\"role\":\"assistant\",\"content\":\"ok\"},{\"role\":\"user\",\"content\":\"%s\"}]}";
        assertThat(router.send(TestRouter.EXT_PROC, "/v1/chat/completions", turns.formatted(CODE, CODE)).model()).isEqualTo("coder");
        assertThat(router.send(TestRouter.EXT_PROC, "/v1/chat/completions", turns.formatted(CODE, CHAT)).model()).isEqualTo("talker");
        assertThat(router.keptUnawaited()).isZero();
    }

    @Test
    void aConversationDrawsItsShareOnce() throws Exception {
        TestRouter router = TestRouter.of("""
                identity: {conversation: {header: x-talk}}
                routes:
                  - {name: all, when: 'true', target: {split: [{model: a, weight: 1}, {model: b, weight: 1}]}}
                """);
        Set<String> seen = new TreeSet<>();
        for (int talk = 0; talk < 20; talk++) {
            Set<String> ofOne = new TreeSet<>();
            for (int turn = 0; turn < 5; turn++) {
                ofOne.add(router.chat(CODE, "x-talk", "talk " + talk).model());
            }
            assertThat(ofOne).as("talk %d", talk).hasSize(1);
            seen.addAll(ofOne);
        }
        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void sharesMayBeOfHeaders() throws Exception {
        TestRouter router = TestRouter.of("""
                routes:
                  - {name: all, when: 'true', target: {headers: {x-all: "1"}, split: [{headers: {x-pool: a}, weight: 1}, {headers: {x-pool: b}, weight: 1}]}}
                """);
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            Sent sent = router.chat(TestRouter.EXT_AUTHZ, CODE, "x-pool", "mine");
            assertThat(sent.header("x-all")).contains("1");
            seen.add(sent.header("x-pool").orElseThrow());
        }
        assertThat(seen).containsExactly("a", "b");
    }

    // --- formats and prices

    @Test
    void aRequestOfAnotherFormatIsLeftAlone() throws Exception {
        TestRouter router = TestRouter.of("candidates: [{model: coder, format: OpenAI}]\n" + ROUTES);
        assertThat(router.chat(CODE).model()).isEqualTo("coder");
        Sent sent = router.send(TestRouter.EXT_PROC, "/v1/messages",
                "{\"model\":\"auto\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"" + CODE + "\"}]}", "x-gateway-model-name", "dear");
        assertThat(sent.model()).isEqualTo("untouched");
        assertThat(sent.header("x-gateway-model-name")).isEmpty();
    }

    private static final String STRONG = """
            routes:
              - {name: all, when: 'true', target: {model: small, strong: {model: large, %s}}}
            candidates: [{model: small, price: 1}, {model: large, price: 11}]
            """;

    @Test
    void theStrongModelGetsItsShareOfTheTrafficAndThoseThatGainMost() throws Exception {
        assertThat(TestRouter.of(STRONG.formatted("share: 1")).chat(CODE).model()).isEqualTo("large");
        assertThat(TestRouter.of(STRONG.formatted("share: 0")).chat(CODE).model()).isEqualTo("small");
        TestRouter router = TestRouter.of(STRONG.formatted("maxPrice: 4"));
        int large = 0;
        for (int i = 0; i < 300; i++) {
            large += router.chat("question number " + i + " about the number " + i * i).model().equals("large") ? 1 : 0;
        }
        assertThat(large).as("mean price 4 of 1 and 11: 30 %").isBetween(60, 105);
    }

    /** What cannot be told apart by worth goes to the plain model. */
    @Test
    void withoutTextTheStrongModelIsNotPaidFor() throws Exception {
        assertThat(TestRouter.of(STRONG.formatted("share: 0.9")).chat(" ").model()).isEqualTo("small");
    }
}
