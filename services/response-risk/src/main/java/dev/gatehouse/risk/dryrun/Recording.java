package dev.gatehouse.risk.dryrun;

import dev.gatehouse.llm.answer.Stop;
import dev.gatehouse.llm.answer.Strand;
import dev.gatehouse.llm.answer.StrandEditor;
import dev.gatehouse.llm.answer.StrandEditors;
import dev.gatehouse.risk.judge.AnswerJudge;
import dev.gatehouse.risk.judge.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stands between an answer and its judge and remembers in which text each finding lies, for those who read its offsets. */
final class Recording implements StrandEditors {

    private final AnswerJudge judge;
    private final List<Placed> placed = new ArrayList<>();

    /** A finding and the text that it lies in. */
    record Placed(Hit hit, StringBuilder text) {}

    Recording(AnswerJudge judge) {
        this.judge = judge;
    }

    @Override
    public Optional<StrandEditor> open(Strand strand) {
        return judge.open(strand).map(this::recorded);
    }

    @Override
    public boolean keepsLogprobs() {
        return judge.keepsLogprobs();
    }

    @Override
    public Optional<Stop> stop() {
        return judge.stop();
    }

    List<Placed> placed() {
        return placed;
    }

    StrandEditor recorded(StrandEditor editor) {
        StringBuilder text = new StringBuilder();
        return new StrandEditor() {
            @Override
            public String feed(String delta) {
                text.append(delta);
                String goes = editor.feed(delta);
                place(text);
                return goes;
            }

            @Override
            public String end() {
                String goes = editor.end();
                place(text);
                return goes;
            }
        };
    }

    private void place(StringBuilder text) {
        List<Hit> hits = judge.judgement().hits();
        hits.subList(placed.size(), hits.size()).forEach(hit -> placed.add(new Placed(hit, text)));
    }
}
