package dev.gatehouse.router.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.policy.routing.Keywords;
import dev.gatehouse.router.decide.RequestReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an expression reads of requests as clients send them, and of those that only look like it. */
class SignalsTest {

    private static final Worth NONE = new Worth() {
        @Override
        public boolean isTold() {
            return false;
        }

        @Override
        public double gain() {
            return 0;
        }

        @Override
        public double complexity() {
            return 0;
        }
    };

    private static RequestHead head(String path, Metadata metadata) {
        return new RequestHead("POST", "ai.example", path, Headers.of("content-type", "application/json", "x-tier", "gold", "x-tier", "free"), Map.of(),
                metadata, Optional.empty(), new Attachment(Attachment.Protocol.EXT_PROC, Attachment.BodyMode.BUFFERED, Attachment.BodyMode.BUFFERED));
    }

    private static Object of(String variable, RequestHead head, String body, String text) {
        KeywordSets keywords = new KeywordSets(List.of(new Keywords("legal", List.of("contract"), List.of("§ ?\\d+"))));
        return new Signals(head, RequestReader.parse("POST", head.path(), "application/json", body.getBytes(StandardCharsets.UTF_8)),
                new Identity(Optional.empty(), Optional.of("acme"), Optional.empty()), text, keywords, NONE).values(Set.of(variable)).get(variable);
    }

    private static Object chat(String variable, String body) {
        return of(variable, head("/v1/chat/completions", Metadata.empty()), body, "");
    }

    private static Object ofText(String variable, String text) {
        return of(variable, head("/v1/chat/completions", Metadata.empty()), "{\"model\":\"auto\",\"messages\":[]}", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fix this: ```x = 1```", "def area(r):\n    return 3.14 * r * r", "public static void main(String[] args)", "import java.util.List;",
        "import numpy as np\nnp.zeros(3)", "from os import path", "#include <stdio.h>", "SELECT id FROM users WHERE age > 3", "const total = items.length",
        "items.map(i => i.price)", "why does foo(1, 2); not compile", "std::vector of ints", "<div>hello</div>", "if (a == b) {", "user.getName() is null",
        "java.lang.NullPointerException: x", "\tat dev.acme.Main.run(Main.java:12)", "Traceback (most recent call last)", "$ git rebase main", "a[i] != b[j]"})
    void code(String text) {
        assertThat(ofText("code", text)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public transport near me", "private school fees", "class action lawsuit against a bank", "import duties from china", "from paris to rome",
        "package delivery is late", "let me know = fine", "select a gift from the list", "Paris => Rome by train", "what is a function of the liver",
        "my email is a.b@example.com (work)", "the meeting (see notes); then lunch", "I paid $50 and not $100", "e.g. dogs (and cats)", "wait for (a while)", ""})
    void noCode(String text) {
        assertThat(ofText("code", text)).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"what is 17 * 24", "calculate 12/4", "12 - 5 = ?", "solve for x", "x + 3 is 7 when?", "f(x) = sin x", "\\frac{1}{2}", "let $a^2 + b^2$ be",
        "the square root of ninety", "integrate x^2", "dy/dx of that", "∑ of the first ten", "roots of the polynomial", "2^10"})
    void maths(String text) {
        assertThat(ofText("maths", text)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"between $50 and $100", "on 2024-01-02", "10-20 people", "open 24/7", "half past 5", "call +49 30 1234", "version 1.2.3", "a 3-4 hour drive",
        "1/2 cup of sugar", "the 2019-2020 season", "add milk and eggs", "my number is 555-1234", "room 12 / floor 3", ""})
    void noMaths(String text) {
        assertThat(ofText("maths", text)).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource({"How do I reset my password?,en", "transfer fifty dollars to my savings account,en", "Wie setze ich mein Passwort zurück?,de",
        "Comment réinitialiser mon mot de passe ?,fr", "¿Cómo restablezco mi contraseña?,es", "Come posso reimpostare la mia password?,it",
        "Como faço para redefinir minha senha?,pt", "Hoe stel ik mijn wachtwoord opnieuw in?,nl", "Jak zresetować hasło?,pl", "Şifremi nasıl sıfırlarım?,tr",
        "Как сбросить мой пароль?,ru", "パスワードをリセットするには,ja", "如何重置我的密码,zh", "비밀번호를 어떻게 재설정하나요,ko", "كيف يمكنني إعادة تعيين كلمة المرور,ar",
        "मैं अपना पासवर्ड कैसे रीसेट करूं,hi", "Làm thế nào để đặt lại mật khẩu,vi", "Πώς επαναφέρω τον κωδικό μου,el", "ok,und", "12345,und", "'',und"})
    void language(String text, String language) {
        assertThat(ofText("language", text)).isEqualTo(language);
    }

    @Test
    void scriptOfMostLetters() {
        assertThat(ofText("script", "Как сбросить password")).isEqualTo("cyrillic");
        assertThat(ofText("script", "123 !")).isEqualTo("none");
    }

    @Test
    void tokensAreThoseOfTheWholeInput() {
        String turns = "{\"role\":\"user\",\"content\":\"How do I reset my password?\"},{\"role\":\"assistant\",\"content\":\"Press reset.\"},";
        long one = (long) chat("tokens", "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"How do I reset my password?\"}]}");
        long many = (long) chat("tokens", "{\"model\":\"gpt-4o\",\"messages\":[" + turns.repeat(50) + "{\"role\":\"user\",\"content\":\"Again?\"}]}");
        assertThat(one).isBetween(12L, 16L);
        assertThat(many).isBetween(800L, 1_100L);
        assertThat((long) chat("tokens", "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "密码".repeat(400) + "\"}]}"))
                .as("not a quarter of its characters").isGreaterThan(400);
    }

    @Test
    void turnsAreThoseOfTheUser() {
        assertThat(chat("turns", """
                {"model":"auto","messages":[{"role":"system","content":"s"},{"role":"user","content":"a"},{"role":"assistant","content":"b"},
                 {"role":"user","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]}]}""")).isEqualTo(2L);
        assertThat(chat("turns", "{\"model\":\"auto\",\"messages\":[]}")).isEqualTo(0L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/chat/completions|{\"messages\":[],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}|true",
        "/v1/chat/completions|{\"messages\":[],\"functions\":[{\"name\":\"f\"}]}|true",
        "/v1/messages|{\"messages\":[],\"tools\":[{\"name\":\"f\",\"input_schema\":{}}]}|true",
        "/v1beta/models/g:generateContent|{\"contents\":[],\"tools\":[{\"functionDeclarations\":[]}]}|true",
        "/v1/chat/completions|{\"messages\":[],\"tools\":[]}|false", "/v1/chat/completions|{\"messages\":[],\"tools\":null}|false",
        "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":\"which tools do you have\"}]}|false"})
    void tools(String path, String body, boolean asked) {
        assertThat(of("tools", head(path, Metadata.empty()), body, "")).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a/b.png\"}}]}]}|true",
        "/v1/messages|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://a/b.png\"}}]}]}|true",
        "/v1/responses|{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"https://a/b.png\"}]}]}|true",
        "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":\"see https://a/b.png\"}]}|false"})
    void images(String path, String body, boolean there) {
        assertThat(of("images", head(path, Metadata.empty()), body, "")).isEqualTo(there);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/chat/completions|{\"messages\":[],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{}}}|true",
        "/v1/chat/completions|{\"messages\":[],\"response_format\":{\"type\":\"json_object\"}}|true",
        "/v1/responses|{\"input\":\"x\",\"text\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}}|true",
        "/v1beta/models/g:generateContent|{\"contents\":[],\"generationConfig\":{\"responseMimeType\":\"application/json\"}}|true",
        "/v1/chat/completions|{\"messages\":[],\"response_format\":{\"type\":\"text\"}}|false",
        "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":\"answer in json\"}]}|false"})
    void json(String path, String body, boolean asked) {
        assertThat(of("json", head(path, Metadata.empty()), body, "")).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"EMAIL|true", "!PHONE|true", "prompt-injection,EMAIL|true", "prompt-injection|false", "!aws-access-key,high-entropy|false"})
    void personalDataIsWhatGuardFoundOfIt(String categories, boolean personal) {
        RequestHead head = head("/v1/chat/completions", Metadata.of(HandOver.NAMESPACE, Map.of("guard_categories", categories)));
        assertThat(of("pii", head, "{}", "")).isEqualTo(personal);
    }

    @Test
    void aTierIsTheFirstHeaderOfItsNameAndKeywordsAreWholeWords() {
        assertThat(ofText("request.headers", "")).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP).containsEntry("x-tier", "gold");
        assertThat(ofText("keywords", "is my Contract void?")).isEqualTo(Map.of("legal", true));
        assertThat(ofText("keywords", "see §12")).isEqualTo(Map.of("legal", true));
        assertThat(ofText("keywords", "contractions in grammar")).isEqualTo(Map.of("legal", false));
    }

    @Test
    void aRequestThatCannotBeReadHasNoneOfThem() {
        RequestHead head = head("/upload", Metadata.empty());
        for (String flag : List.of("stream", "tools", "images", "json", "code", "maths")) {
            assertThat(of(flag, head, "not json", "")).as(flag).isEqualTo(false);
        }
        assertThat(of("tokens", head, "not json", "")).isEqualTo(0L);
        assertThat(of("model", head, "not json", "")).isEqualTo("");
    }
}
