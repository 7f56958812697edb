package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.llm.LlmResponse.Output;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.Uninspectable;
import dev.gatehouse.llm.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What providers reported against what is counted, on recorded exchanges that the counter could know all of: no tools that run at the
 * provider, nothing stored there, no images by URL. Every second exchange teaches, the others are measured, before and after.
 */
class RecordedUsageTest {

    private static final Pattern HOSTED = Pattern.compile("web_search|web_fetch|code_?[eE]xec|code_interp|mcp|file_search|tool_search|google_?[sS]earch"
            + "|url_?[cC]ontext|advisor|nova_code|systemTool|compact|image_gen");

    private static final Pattern THINKING = Pattern.compile("thinking|reasoning");

    /** How far counts of a family were off, as fractions of what was reported. */
    private record Errors(List<Double> untaught, List<Double> taught) {

        Errors() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        static double quantile(List<Double> errors, double q) {
            List<Double> sorted = errors.stream().sorted().toList();
            return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(q * (sorted.size() - 1))));
        }

        String row() {
            return "%d | %.1f %% | %.1f %% | %.1f %% | %.1f %%".formatted(untaught.size(), 100 * quantile(untaught, 0.5),
                    100 * quantile(untaught, 0.95), 100 * quantile(taught, 0.5), 100 * quantile(taught, 0.95));
        }
    }

    private static boolean isKnowable(Recorded exchange) {
        boolean reads = exchange.request().unread().stream().allMatch(unread -> unread.kind() == Uninspectable.Kind.TOKENS);
        String body = new String(exchange.request().body(), StandardCharsets.UTF_8);
        return reads && exchange.response().usage().input().isPresent() && !HOSTED.matcher(body).find();
    }

    private static Map<ModelFamily, Errors> inputErrors(List<Recorded> exchanges) {
        TokenCounter taught = new TokenCounter(Map.of());
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < exchanges.size(); i += 2) {
                Recorded one = exchanges.get(i);
                taught.learnInput(one.model(), taught.input(one.request(), one.model()), reported(one));
            }
        }
        return errors(exchanges, new TokenCounter(Map.of()), taught, RecordedUsageTest::reported);
    }

    private static long reported(Recorded exchange) {
        return exchange.response().usage().input().orElseThrow();
    }

    private static Map<ModelFamily, Errors> errors(List<Recorded> exchanges, TokenCounter untaught, TokenCounter taught, ToLongFunction<Recorded> truth) {
        Map<ModelFamily, Errors> errors = new EnumMap<>(ModelFamily.class);
        for (int i = 1; i < exchanges.size(); i += 2) {
            Recorded one = exchanges.get(i);
            Errors of = errors.computeIfAbsent(ModelFamily.of(one.model()), family -> new Errors());
            of.untaught.add(off(untaught.input(one.request(), one.model()).tokens(), truth.applyAsLong(one)));
            of.taught.add(off(taught.input(one.request(), one.model()).tokens(), truth.applyAsLong(one)));
        }
        return errors;
    }

    private static double off(long counted, long reported) {
        return Math.abs((double) counted / Math.max(1, reported) - 1);
    }

    @Test
    void inputIsCountedAsProvidersReportIt() {
        List<Recorded> exchanges = Recorded.all().stream().filter(RecordedUsageTest::isKnowable).toList();
        Map<ModelFamily, Errors> errors = inputErrors(exchanges);
        errors.forEach((family, of) -> System.out.println("| " + family + " | " + of.row() + " |"));
        for (ModelFamily family : List.of(ModelFamily.O200K, ModelFamily.CL100K, ModelFamily.O200K_REASONING, ModelFamily.CLAUDE)) {
            assertThat(Errors.quantile(errors.get(family).untaught, 0.5)).as("median of " + family).isLessThanOrEqualTo(0.05);
            assertThat(Errors.quantile(errors.get(family).untaught, 0.95)).as("p95 of " + family).isLessThanOrEqualTo(0.25);
        }
    }

    @Test
    void exactCountsAreExact() {
        TokenCounter counter = new TokenCounter(Map.of());
        long exact = 0;
        long right = 0;
        for (Recorded one : Recorded.all().stream().filter(RecordedUsageTest::isKnowable).toList()) {
            TokenCount counted = counter.input(one.request(), one.model());
            exact += counted.exact() ? 1 : 0;
            right += counted.exact() && Math.abs(counted.tokens() - reported(one)) <= 1 ? 1 : 0;
        }
        System.out.println("exact: " + right + " of " + exact);
        assertThat(right).isGreaterThanOrEqualTo(exact * 95 / 100);
    }

    /** The tokens that end an answer are no text: a few more are reported than counted. */
    @Test
    void answersOfTextAloneAreCountedAsProvidersReportThem() {
        TokenCounter counter = new TokenCounter(Map.of());
        Map<ModelFamily, Errors> errors = new EnumMap<>(ModelFamily.class);
        for (Recorded one : Recorded.all()) {
            Usage usage = one.response().usage();
            boolean thinks = THINKING.matcher(new String(one.request().body(), StandardCharsets.UTF_8)).find();
            boolean text = !thinks && !one.response().outputs().isEmpty() && one.response().toolCalls().isEmpty()
                    && one.response().outputs().stream().allMatch(output -> output.kind() == PartKind.TEXT) && usage.output().isPresent();
            long reported = usage.output().orElse(0) - usage.reasoning().orElse(0);
            if (text && reported >= 30 && isKnowable(one)) {
                long counted = 0;
                for (Output output : one.response().outputs()) {
                    counted += counter.text(one.model(), output.text()).tokens();
                }
                errors.computeIfAbsent(ModelFamily.of(one.model()), family -> new Errors()).untaught.add(off(counted, reported));
            }
        }
        errors.forEach((family, of) -> System.out.printf("| %s | %d | %.1f %% | %.1f %% |%n", family, of.untaught.size(),
                100 * Errors.quantile(of.untaught, 0.5), 100 * Errors.quantile(of.untaught, 0.95)));
        assertThat(Errors.quantile(errors.get(ModelFamily.O200K).untaught, 0.5)).isLessThanOrEqualTo(0.05);
    }
}
