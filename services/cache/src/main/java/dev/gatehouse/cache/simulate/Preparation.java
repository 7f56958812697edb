package dev.gatehouse.cache.simulate;

import com.fasterxml.jackson.databind.node.LongNode;
import dev.gatehouse.cache.ask.Ask;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.ask.Reading;
import dev.gatehouse.cache.ask.RequestReader;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.service.http.JsonAnswer.BadDocument;
import dev.gatehouse.service.http.LinesFlow.Line;
import dev.gatehouse.state.Key;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads lines ahead of the decisions, and has those texts embedded that the exact tier will hardly know. */
final class Preparation {

    /** Rows that name nobody are all of one: who keeps a trace has long left names out of it. */
    private static final Optional<String> SOMEBODY = Optional.of("somebody");

    private final CompiledCache policy;
    private final Asker asker;
    private final Ahead ahead;
    private final RequestReader reader;
    private final Set<Key> seen = new HashSet<>();

    Preparation(CompiledCache policy, Asker asker, Ahead ahead) {
        this.policy = policy;
        this.asker = asker;
        this.ahead = ahead;
        this.reader = new RequestReader((int) policy.spec().maxBodyBytes().bytes());
    }

    Prepared prepare(Line line) throws IOException {
        if (line.cut()) {
            return new Prepared.Malformed(LongNode.valueOf(line.number()), "the line is too long");
        }
        try {
            return prepare(Row.read(line.number(), line.bytes()));
        } catch (BadDocument e) {
            return new Prepared.Malformed(LongNode.valueOf(line.number()), e.getMessage());
        }
    }

    private Prepared prepare(Row row) throws IOException {
        return switch (row.written().request(reader)) {
            case Reading.Unread unread -> new Prepared.Unread(row, unread.reason());
            case Reading.Prompt prompt -> new Prepared.Asked(row, begun(asker.ask(policy, prompt.request(), row.written().circumstances(SOMEBODY, ""), ahead)));
        };
    }

    private Ask begun(Ask ask) {
        if (ask instanceof Ask.Cacheable cacheable && cacheable.question().terms().semantic() && seen.add(cacheable.question().entry())
                && cacheable.question().vector() instanceof Ahead.Text text) {
            text.begin();
        }
        return ask;
    }
}
