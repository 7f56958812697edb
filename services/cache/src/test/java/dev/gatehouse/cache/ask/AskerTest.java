package dev.gatehouse.cache.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.Caches;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.tier.Question;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskerTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final Asker ASKER = new Asker(KeyedHash.of("a secret of the test".getBytes(StandardCharsets.UTF_8)), "encoder/1 verifier/1");
    private static final CompiledCache CONSUMER = Caches.of("scope: Consumer");
    private static final Circumstances ADA = of("ada", "acme");

    // --- what is equal

    @ParameterizedTest
    @ValueSource(strings = {
            "{'model':'m','messages':[{'role':'user','content':'How are you?'}]}",
            "{'messages':[{'content':'how  are you','role':'user'}],'model':'m'}",
            "{'model':'m','stream':true,'stream_options':{'include_usage':true},'messages':[{'role':'user','content':'How are you'}]}",
            "{'model':'m','user':'x','metadata':{'a':'b'},'n':1,'store':false,'tools':null,'messages':[{'role':'user','content':'How are you'}]}",
            "{'model':'m','service_tier':'flex','prompt_cache_key':'k','messages':[{'role':'user','content':'How are\\u00a0you.'}]}",
    })
    void requestsThatAskTheSameHaveOneKey(String body) {
        Question one = question(CHAT, "{'model':'m','messages':[{'role':'user','content':'How are you?'}]}");
        assertThat(question(CHAT, body).entry()).isEqualTo(one.entry());
    }

    @Test
    void numbersAreComparedByTheirValue() {
        CompiledCache warm = Caches.of("cacheable: {temperature: {max: 1}}");
        Question one = question(warm, CHAT, "{'model':'m','temperature':0.70,'messages':[{'role':'user','content':'hi'}]}", ADA);
        Question same = question(warm, CHAT, "{'model':'m','temperature':7e-1,'messages':[{'role':'user','content':'hi'}]}", ADA);
        Question other = question(warm, CHAT, "{'model':'m','temperature':0.8,'messages':[{'role':'user','content':'hi'}]}", ADA);
        assertThat(one.entry()).isEqualTo(same.entry());
        assertThat(one.set()).isNotEqualTo(other.set());
    }

    @Test
    void aStreamAndAWholeAnswerHaveOneKeyWhereThePathTellsThem() {
        String gemini = "{'contents':[{'role':'user','parts':[{'text':'hi'}]}]}";
        assertThat(question("/v1beta/models/g:streamGenerateContent?alt=sse&key=k", gemini).entry())
                .isEqualTo(question("/v1beta/models/g:generateContent", gemini).entry());
        String bedrock = "{'messages':[{'role':'user','content':[{'text':'hi'}]}]}";
        assertThat(question("/model/a/converse-stream", bedrock).entry()).isEqualTo(question("/model/a/converse", bedrock).entry());
    }

    // --- what divides

    @ParameterizedTest
    @ValueSource(strings = {
            "{'model':'other','messages':[{'role':'user','content':'How are you?'}]}",
            "{'model':'m','messages':[{'role':'system','content':'Be rude'},{'role':'user','content':'How are you?'}]}",
            "{'model':'m','messages':[{'role':'user','content':'hi'},{'role':'assistant','content':'Hi!'},{'role':'user','content':'How are you?'}]}",
            "{'model':'m','tools':[{'type':'function','function':{'name':'f'}}],'messages':[{'role':'user','content':'How are you?'}]}",
            "{'model':'m','tool_choice':'none','messages':[{'role':'user','content':'How are you?'}]}",
            "{'model':'m','response_format':{'type':'json_object'},'messages':[{'role':'user','content':'How are you?'}]}",
            "{'model':'m','temperature':0,'messages':[{'role':'user','content':'How are you?'}]}",
            "{'model':'m','max_tokens':5,'messages':[{'role':'user','content':'How are you?'}]}",
            "{'model':'m','stop':['x'],'messages':[{'role':'user','content':'How are you?'}]}",
            "{'model':'m','a_field_nobody_knows':{'x':1},'messages':[{'role':'user','content':'How are you?'}]}",
            "{'model':'m','messages':[{'role':'user','content':'How are you?','name':'bob'}]}",
    })
    void allButTheQuestionIsTheHardKey(String body) {
        Question one = question(CHAT, "{'model':'m','messages':[{'role':'user','content':'How are you?'}]}");
        assertThat(question(CHAT, body).set()).isNotEqualTo(one.set());
    }

    @Test
    void otherWordsAreTheSameSetAndAnotherEntry() {
        Question one = question(CHAT, chat("How are you?"));
        Question other = question(CHAT, chat("How do you do?"));
        assertThat(other.set()).isEqualTo(one.set());
        assertThat(other.entry()).isNotEqualTo(one.entry());
    }

    @Test
    void anotherLanguageIsAnotherSet() {
        assertThat(question(CHAT, chat("Wie kann ich mein Passwort \u00e4ndern?")).set()).isNotEqualTo(question(CHAT, chat("How do I change my password?")).set());
        assertThat(question(CHAT, chat("\u5982\u4f55\u66f4\u6539\u5bc6\u7801")).set()).isNotEqualTo(question(CHAT, chat("How do I change my password?")).set());
    }

    @Test
    void hostPathRoutingAndBetaHeadersAreInTheHardKey() {
        Question one = question(CHAT, chat("hi"));
        assertThat(question(CONSUMER, "/azure" + CHAT, chat("hi"), ADA).set()).isNotEqualTo(one.set());
        assertThat(question(CONSUMER, CHAT, chat("hi"), new Circumstances(ADA.identity(), true, "other.example", List.of(), "")).set()).isNotEqualTo(one.set());
        assertThat(question(CONSUMER, CHAT, chat("hi"), new Circumstances(ADA.identity(), true, "h", List.of("anthropic-beta: x"), "")).set()).isNotEqualTo(one.set());
        assertThat(question(CONSUMER, CHAT, chat("hi"), new Circumstances(ADA.identity(), true, "h", List.of(), "uid/2")).set()).isNotEqualTo(one.set());
    }

    @Test
    void anUpgradeOfEncoderOrVerifierFindsNothingOld() {
        Asker upgraded = new Asker(KeyedHash.of("a secret of the test".getBytes(StandardCharsets.UTF_8)), "encoder/2 verifier/1");
        Question before = question(CHAT, chat("hi"));
        Ask.Cacheable after = (Ask.Cacheable) upgraded.ask(CONSUMER, prompt(CHAT, chat("hi")), ADA, text -> null);
        assertThat(after.question().set()).isNotEqualTo(before.set());
        assertThat(after.question().entry()).isNotEqualTo(before.entry());
    }

    // --- whose it is

    @Test
    void consumersShareNothingByDefault() {
        Question ada = question(CONSUMER, CHAT, chat("hi"), of("ada", "acme"));
        Question bob = question(CONSUMER, CHAT, chat("hi"), of("bob", "acme"));
        assertThat(ada.set()).isNotEqualTo(bob.set());
        assertThat(ada.entry()).isNotEqualTo(bob.entry());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Consumer", "Namespace", "Shared"})
    void tenantsNeverShareInAnyScope(String scope) {
        CompiledCache cache = Caches.of("scope: " + scope);
        Question acme = question(cache, CHAT, chat("hi"), of("ada", "acme"));
        Question globex = question(cache, CHAT, chat("hi"), of("ada", "globex"));
        assertThat(acme.owner()).isNotEqualTo(globex.owner());
        assertThat(acme.set()).isNotEqualTo(globex.set());
        assertThat(acme.entry()).isNotEqualTo(globex.entry());
    }

    @Test
    void aNamespaceSharesWhatItsConsumersAsk() {
        CompiledCache cache = Caches.of("scope: Namespace");
        assertThat(question(cache, CHAT, chat("hi"), of("ada", "acme")).entry()).isEqualTo(question(cache, CHAT, chat("hi"), of("bob", "acme")).entry());
        assertThat(question(cache, CHAT, chat("hi"), of("spiffe://d/ns/ai/sa/a", null)).entry())
                .isEqualTo(question(cache, CHAT, chat("hi"), of("spiffe://d/ns/ai/sa/b", null)).entry())
                .isNotEqualTo(question(cache, CHAT, chat("hi"), of("spiffe://d/ns/web/sa/a", null)).entry());
        assertThat(reason(cache, CHAT, chat("hi"), of("ada", null))).isEqualTo(Reason.no_namespace);
    }

    @Test
    void whoIsNotKnownIsCachedOnlyWhereAllShare() {
        assertThat(reason(CONSUMER, CHAT, chat("hi"), of(null, "acme"))).isEqualTo(Reason.no_principal);
        assertThat(reason(Caches.of("scope: Namespace"), CHAT, chat("hi"), of(null, "acme"))).isEqualTo(Reason.no_principal);
        assertThat(ASKER.ask(Caches.of("scope: Shared"), prompt(CHAT, chat("hi")), of(null, null), text -> null)).isInstanceOf(Ask.Cacheable.class);
    }

    @Test
    void whatNoGuardHasJudgedIsForTheSameConsumerAlone() {
        CompiledCache shared = Caches.of("scope: Shared");
        Question ada = question(shared, CHAT, chat("hi"), unguarded("ada"));
        assertThat(question(shared, CHAT, chat("hi"), unguarded("bob")).entry()).isNotEqualTo(ada.entry());
        assertThat(question(shared, CHAT, chat("hi"), unguarded("ada")).entry()).isEqualTo(ada.entry());
        assertThat(reason(shared, CHAT, chat("hi"), unguarded(null))).isEqualTo(Reason.unguarded);
        assertThat(reason(Caches.of("onUnguarded: Bypass"), CHAT, chat("hi"), unguarded("ada"))).isEqualTo(Reason.unguarded);
        CompiledCache trusting = Caches.of("scope: Shared\nonUnguarded: Allow");
        assertThat(question(trusting, CHAT, chat("hi"), unguarded(null)).entry()).isEqualTo(question(trusting, CHAT, chat("hi"), unguarded("ada")).entry());
    }

    // --- what is never cached

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "temperature        | 'temperature':0.2",
            "temperature        | 'temperature':'0'",
            "many_answers       | 'n':2",
            "seed               | 'seed':7",
            "logprobs           | 'logprobs':true",
            "logprobs           | 'top_logprobs':3",
            "modalities         | 'modalities':['text','audio']",
            "server_tools       | 'web_search_options':{'search_context_size':'low'}",
            "server_tools       | 'tools':[{'type':'web_search'}]",
            "kept_at_provider   | 'store':true",
    })
    void aRequestThatWantsMoreThanOneSureAnswerIsNotCached(Reason reason, String field) {
        assertThat(reason(CONSUMER, CHAT, "{'model':'m'," + field + ",'messages':[{'role':'user','content':'hi'}]}", ADA)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "stored_state     | 'previous_response_id':'resp_1'",
            "stored_state     | 'conversation':'conv_1'",
            "stored_state     | 'prompt':{'id':'pmpt_1'}",
            "kept_at_provider | 'background':true",
            "server_tools     | 'tools':[{'type':'file_search','vector_store_ids':['v']}]",
            "logprobs         | 'include':['message.output_text.logprobs']",
    })
    void stateAtTheProviderIsNotCached(Reason reason, String field) {
        assertThat(reason(CONSUMER, "/v1/responses", "{'model':'m','store':false," + field + ",'input':'hi'}", ADA)).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'input':'hi'", "'input':'hi','store':null", "'input':'hi','store':true"})
    void aResponseThatOpenAiKeepsIsNotCached(String fields) {
        assertThat(reason(CONSUMER, "/v1/responses", "{'model':'m'," + fields + "}", ADA)).isEqualTo(Reason.kept_at_provider);
    }

    @Test
    void aResponseThatNobodyKeepsIsCachedAndOneOfWhichNothingIsSaidWhereThePolicyTakesItSo() {
        question("/v1/responses", "{'model':'m','input':'hi','store':false}");
        CompiledCache lenient = Caches.of("cacheable: {storeAbsent: Cache}");
        question(lenient, "/v1/responses", "{'model':'m','input':'hi'}", ADA);
        assertThat(reason(lenient, "/v1/responses", "{'model':'m','input':'hi','store':true}", ADA)).isEqualTo(Reason.kept_at_provider);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "stored_state | /v1beta/models/g:generateContent | {'cachedContent':'cachedContents/1','contents':[{'parts':[{'text':'hi'}]}]}",
            "temperature  | /v1beta/models/g:generateContent | {'generationConfig':{'temperature':1},'contents':[{'parts':[{'text':'hi'}]}]}",
            "seed         | /v1beta/models/g:generateContent | {'generationConfig':{'seed':1},'contents':[{'parts':[{'text':'hi'}]}]}",
            "many_answers | /v1beta/models/g:generateContent | {'generationConfig':{'candidateCount':2},'contents':[{'parts':[{'text':'hi'}]}]}",
            "server_tools | /v1beta/models/g:generateContent | {'tools':[{'googleSearch':{}}],'contents':[{'parts':[{'text':'hi'}]}]}",
            "temperature  | /model/a/converse                | {'inferenceConfig':{'temperature':0.5},'messages':[{'role':'user','content':[{'text':'hi'}]}]}",
            "server_tools | /v1/messages                     | {'model':'c','max_tokens':9,'tools':[{'type':'web_search_20250305','name':'web_search'}],'messages':[{'role':'user','content':'hi'}]}",
            "no_question  | /v1/messages                     | {'model':'c','max_tokens':9,'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':'Sure,'}]}",
            "no_question  | /v1/chat/completions             | {'model':'m','messages':[{'role':'user','content':'hi'},{'role':'assistant','tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'1','content':'22'}]}",
            "many_answers | /v1/completions                  | {'model':'m','prompt':['hi','ho']}",
            "endpoint     | /v1/embeddings                   | {'model':'m','input':'hi'}",
            "endpoint     | /v1/messages/count_tokens        | {'model':'c','messages':[{'role':'user','content':'hi'}]}",
            "attachments  | /v1/chat/completions             | {'model':'m','messages':[{'role':'user','content':[{'type':'text','text':'hi'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AA'}}]}]}",
            "time_dependent | /v1/chat/completions           | {'model':'m','messages':[{'role':'user','content':'Who won today?'}]}",
            "time_dependent | /v1/chat/completions           | {'model':'m','messages':[{'role':'user','content':'\u4eca\u5929\u5929\u6c14\u600e\u4e48\u6837'}]}",
    })
    void neitherAreThese(Reason reason, String path, String body) {
        assertThat(reason(CONSUMER, path, body, ADA)).isEqualTo(reason);
    }

    @Test
    void aPolicyCanAllowWhatItsOwnerKnows() {
        CompiledCache allowing = Caches.of("""
                cacheable:
                  temperature: {max: 0.7}
                  timeDependent: {ttl: 1m, words: [this sprint]}
                  attachments: Cache
                """);
        assertThat(question(allowing, CHAT, chat("Who won today?"), ADA).terms().ttl()).hasSeconds(60);
        assertThat(question(allowing, CHAT, chat("What is in This Sprint?"), ADA).terms().ttl()).hasSeconds(60);
        assertThat(question(allowing, CHAT, chat("Who won?"), ADA).terms().ttl()).hasHours(1);
        Question one = question(allowing, CHAT, image("data:image/png;base64,AA"), ADA);
        assertThat(question(allowing, CHAT, image("data:image/png;base64,AB"), ADA).set()).isNotEqualTo(one.set());
        assertThat(reason(allowing, CHAT, image("https://example.org/a.png"), ADA)).isEqualTo(Reason.attachments);
    }

    @Test
    void aPolicyCanBeStricter() {
        assertThat(reason(Caches.of("cacheable: {temperature: {absent: Bypass}}"), CHAT, chat("hi"), ADA)).isEqualTo(Reason.temperature);
        assertThat(reason(Caches.of("cacheable: {maxPromptChars: 10}"), CHAT, chat("this is longer"), ADA)).isEqualTo(Reason.too_long);
        String turns = "{'model':'m','messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':'c'}]}";
        assertThat(reason(Caches.of("cacheable: {maxTurns: 1}"), CHAT, turns, ADA)).isEqualTo(Reason.too_many_turns);
        assertThat(question(Caches.of("semantic: {maxChars: 4}"), CHAT, chat("hello"), ADA).terms().semantic()).isFalse();
    }

    @Test
    void theGuardsPlaceholdersOfTheWholePromptAreKnown() {
        String body = "{'model':'m','messages':[{'role':'user','content':'I am [PERSON_1]'},{'role':'assistant','content':'hi'},{'role':'user','content':'write to [EMAIL_2]'}]}";
        assertThat(question(CHAT, body).placeholders()).containsExactlyInAnyOrder("PERSON1", "EMAIL2");
    }

    @Test
    void nothingOfThePromptShows() {
        Question question = question(CHAT, chat("a very secret question"));
        assertThat(question.toString() + question.entry() + question.set() + question.owner() + question.label()).doesNotContain("secret question");
    }

    // ---

    private static Circumstances of(String principal, String tenant) {
        return new Circumstances(new Identity(Optional.ofNullable(principal), Optional.ofNullable(tenant), Optional.empty()), true, "h", List.of(), "");
    }

    private static Circumstances unguarded(String principal) {
        return new Circumstances(new Identity(Optional.ofNullable(principal), Optional.empty(), Optional.empty()), false, "h", List.of(), "");
    }

    private static String chat(String text) {
        return "{'model':'m','messages':[{'role':'user','content':'" + text + "'}]}";
    }

    private static String image(String url) {
        return "{'model':'m','messages':[{'role':'user','content':[{'type':'text','text':'hi'},{'type':'image_url','image_url':{'url':'" + url + "'}}]}]}";
    }

    private static Question question(String path, String body) {
        return question(CONSUMER, path, body, ADA);
    }

    private static Question question(CompiledCache cache, String path, String body, Circumstances circumstances) {
        Ask ask = ASKER.ask(cache, prompt(path, body), circumstances, text -> null);
        assertThat(ask).as(body).isInstanceOf(Ask.Cacheable.class);
        return ((Ask.Cacheable) ask).question();
    }

    private static Reason reason(CompiledCache cache, String path, String body, Circumstances circumstances) {
        Ask ask = ASKER.ask(cache, prompt(path, body), circumstances, text -> null);
        assertThat(ask).as(body).isInstanceOf(Ask.Not.class);
        return ((Ask.Not) ask).reason();
    }

    private static LlmRequest prompt(String path, String body) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ((Reading.Prompt) new RequestReader(1 << 20).read("POST", path, "application/json", bytes)).request();
    }
}
