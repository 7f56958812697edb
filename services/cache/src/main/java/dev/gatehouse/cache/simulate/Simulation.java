package dev.gatehouse.cache.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cache.api.Written;
import dev.gatehouse.cache.ask.Ask;
import dev.gatehouse.cache.simulate.Row.Truth;
import dev.gatehouse.cache.tier.Near;
import dev.gatehouse.cache.tier.Outcome;
import dev.gatehouse.cache.tier.Question;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.cache.verify.sameness.Sameness;
import dev.gatehouse.state.Key;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides the rows of one trace, one after the other, and learns from each miss as live traffic would. */
final class Simulation {

    private static final byte[] ANSWER = {};

    /** The row whose answer an entry is. */
    private record Source(JsonNode id, Truth truth) {}

    private final SemanticCache cache;
    private final Sameness sameness;
    private final Map<Key, Source> sources = new HashMap<>();
    private final Tally tally = new Tally();

    Simulation(SemanticCache cache, Sameness sameness) {
        this.cache = cache;
        this.sameness = sameness;
    }

    /** The row's answer line. */
    byte[] decide(Prepared prepared) throws IOException {
        return switch (prepared) {
            case Prepared.Malformed malformed -> malformed(malformed);
            case Prepared.Unread unread -> bypassed(unread.row(), unread.reason());
            case Prepared.Asked asked -> switch (asked.ask()) {
                case Ask.Not not -> bypassed(asked.row(), not.reason());
                case Ask.Cacheable cacheable -> decide(asked.row(), cacheable.question());
            };
        };
    }

    private byte[] malformed(Prepared.Malformed malformed) throws IOException {
        tally.malformed();
        ObjectNode line = Written.JSON.createObjectNode();
        line.set("line", malformed.line());
        line.putObject("error").put("message", malformed.message());
        return Written.JSON.writeValueAsBytes(line);
    }

    private byte[] bypassed(Row row, Enum<?> reason) throws IOException {
        Step step = Step.bypassed(reason);
        tally.add(step, Optional.empty());
        return step.json(row.id(), Optional.empty());
    }

    private byte[] decide(Row row, Question question) throws IOException {
        Outcome outcome = cache.lookup(question);
        cache.asked(question, outcome);
        Step step = Step.of(outcome);
        byte[] line = step.json(row.id(), step.entry().map(sources::get).map(Source::id));
        Truth truth = row.truth();
        tally.add(step, step.entry().flatMap(entry -> same(question, truth, entry)));
        switch (outcome) {
            case Outcome.Hit hit -> cache.served(question, hit);
            case Outcome.Miss miss -> answered(row, question, miss, truth);
        }
        return line;
    }

    /** The model has answered: what that tells of the entry that came nearest, and the new entry. */
    private void answered(Row row, Question question, Outcome.Miss miss, Truth truth) {
        miss.near().ifPresent(near -> learn(question, near, truth));
        miss.judged().stream().skip(1).forEach(other -> same(question, truth, other.entry()).ifPresent(right -> cache.compared(question, other, right)));
        if (cache.store(question, ANSWER, Set.of())) {
            sources.put(question.entry(), new Source(row.id(), truth));
        }
    }

    private void learn(Question question, Near near, Truth truth) {
        same(question, truth, near.entry()).ifPresent(right -> cache.learn(question, near, right));
    }

    /** Whether an entry's answer is right for a row: by the classes of both where they have one, else by their answers. */
    private Optional<Boolean> same(Question question, Truth truth, Key entry) {
        return Optional.ofNullable(sources.get(entry)).map(Source::truth).flatMap(stored -> truth.sameClass(stored)
                .or(() -> truth.answer().flatMap(fresh -> stored.answer().flatMap(old -> sameness.same(question.text(), old, fresh)))));
    }

    /** The last line. */
    byte[] summary() throws IOException {
        ObjectNode line = Written.JSON.createObjectNode();
        tally.write(line.putObject("summary"));
        return Written.JSON.writeValueAsBytes(line);
    }
}
