package dev.gatehouse.cache.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cache.ask.Ask;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.ask.Reading;
import dev.gatehouse.cache.ask.Reason;
import dev.gatehouse.cache.ask.RequestReader;
import dev.gatehouse.cache.ask.Vectoriser;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.tier.Near;
import dev.gatehouse.cache.tier.Outcome;
import dev.gatehouse.cache.tier.Question;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.service.http.JsonAnswer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers {@code POST /v1/lookup}: would this be a hit now? In: {@link Written}, a {@code policy} and an {@code id} that is passed through.
 * Out: {@code {"policy", "outcome": "hit" | "stale" | "miss" | "bypass", "tier"?, "reason"?, "entry"?, "score", "cosine"?, "veto"?,
 * "ageSeconds"?, "learntScore"?, "threshold"?}}; the entry is that which would be served, or which came nearest. Nothing is changed, counted or learnt.
 *
 * @param choice     of the policy
 * @param asker      makes the question
 * @param vectoriser embeds its text
 * @param cache      is asked
 * @param routing    tells what stands for the routing policy of a request
 */
public record LookupAnswer(PolicyChoice choice, Asker asker, Vectoriser vectoriser, SemanticCache cache, Function<RequestHead, String> routing)
        implements JsonAnswer {

    @Override
    public byte[] answer(byte[] document) throws IOException {
        Written written = Written.read(document);
        CompiledCache policy = choice.require(written.text("policy"));
        ObjectNode answer = Written.JSON.createObjectNode();
        Optional.ofNullable(written.field("id")).ifPresent(id -> answer.set("id", id));
        answer.put("policy", policy.name());
        switch (written.request(new RequestReader((int) policy.spec().maxBodyBytes().bytes()))) {
            case Reading.Unread unread -> bypassed(answer, unread.reason());
            case Reading.Prompt prompt -> ask(answer, asker.ask(policy, prompt.request(), written.circumstances(Optional.empty(), routing.apply(written.head())),
                    vectoriser));
        }
        return Written.JSON.writeValueAsBytes(answer);
    }

    private void ask(ObjectNode answer, Ask ask) {
        switch (ask) {
            case Ask.Not not -> bypassed(answer, not.reason());
            case Ask.Cacheable cacheable -> found(answer, cacheable.question());
        }
    }

    private static void bypassed(ObjectNode answer, Reason reason) {
        answer.put("outcome", "bypass").put("reason", reason.name());
    }

    private void found(ObjectNode answer, Question question) {
        switch (cache.lookup(question)) {
            case Outcome.Hit hit -> {
                answer.put("outcome", hit.stale() ? "stale" : "hit").put("tier", hit.tier().name()).put("entry", hit.entry().text())
                        .put("score", hit.score()).put("ageSeconds", hit.age().toSeconds());
                hit.near().ifPresent(near -> judged(answer, question, near));
            }
            case Outcome.Miss miss -> {
                answer.put("outcome", "miss").put("reason", miss.why().name());
                miss.near().ifPresent(near -> judged(answer.put("entry", near.entry().text()).put("score", near.candidate().judgement().score()), question, near));
            }
        }
    }

    /** What the entry was judged by. */
    private void judged(ObjectNode answer, Question question, Near near) {
        answer.put("cosine", near.candidate().cosine()).put("learntScore", cache.score(question, near)).put("threshold", cache.threshold(question));
        near.candidate().judgement().veto().ifPresent(veto -> answer.put("veto", veto.name()));
    }
}
