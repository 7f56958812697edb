package dev.gatehouse.cache.ask;

import dev.gatehouse.cache.ask.Owner.Found;
import dev.gatehouse.cache.bound.Pool;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.tier.Question;
import dev.gatehouse.cache.tier.Terms;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.TextPart;
import dev.gatehouse.policy.cache.Cacheable;
import dev.gatehouse.policy.cache.SemanticCacheSpec;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes questions of requests: judges whether they may be cached, and names the places of their answers. Thread-safe, never blocks. */
public final class Asker {

    /** Another way to make keys is another version: what was kept under an older one is not found any more. */
    private static final String FORM = "1";
    private static final String FEATURE = "cache";
    private static final Set<Format> ANSWERED = EnumSet.of(Format.OPENAI_CHAT, Format.OPENAI_COMPLETIONS, Format.OPENAI_RESPONSES,
            Format.ANTHROPIC_MESSAGES, Format.GEMINI_GENERATE, Format.BEDROCK_CONVERSE);
    private static final Set<String> COUNTING = Set.of("count_tokens", "count-tokens", "input_tokens", "compact");

    private final KeyedHash hash;
    private final Keys keys;
    private final String versions;

    /**
     * @param hash     under which all that clients say is kept
     * @param versions of encoder and verifier: what was stored under others is not found
     */
    public Asker(KeyedHash hash, String versions) {
        this.hash = hash;
        this.keys = new Keys(hash);
        this.versions = versions;
    }

    /** The question that a request asks under a policy, or why it is none. */
    public Ask ask(CompiledCache cache, LlmRequest request, Circumstances circumstances, Vectoriser vectoriser) {
        Optional<LastTurn> turn = LastTurn.of(request);
        Optional<Reason> reason = reasonNot(cache, request, turn);
        if (reason.isPresent()) {
            return new Ask.Not(reason.get());
        }
        SemanticCacheSpec spec = cache.spec();
        return switch (Owner.of(spec.scope(), spec.onUnguarded(), circumstances.identity(), circumstances.guarded())) {
            case Found.Unknown unknown -> new Ask.Not(unknown.reason());
            case Found.Known known -> new Ask.Cacheable(question(cache, request, turn.orElseThrow(), circumstances, known.owner(), vectoriser));
        };
    }

    private static Optional<Reason> reasonNot(CompiledCache cache, LlmRequest request, Optional<LastTurn> turn) {
        if (!ANSWERED.contains(request.format()) || isCount(request.path())) {
            return Optional.of(Reason.endpoint);
        }
        Cacheable allowed = cache.spec().cacheable();
        return Sampling.of(request).reasonNot(allowed.temperature())
                .or(() -> ServerSide.reasonNot(request, allowed.storeAbsent()))
                .or(() -> Contents.reasonNot(request, allowed.attachments()))
                .or(() -> turn.isEmpty() ? Optional.of(Reason.no_question) : turnReason(cache, request, turn.get()));
    }

    private static Optional<Reason> turnReason(CompiledCache cache, LlmRequest request, LastTurn turn) {
        Cacheable allowed = cache.spec().cacheable();
        long chars = request.parts().stream().mapToLong(part -> part.text().length()).sum();
        if (chars > allowed.maxPromptChars()) {
            return Optional.of(Reason.too_long);
        } else if (turn.before() > allowed.maxTurns()) {
            return Optional.of(Reason.too_many_turns);
        } else if (request.format() == Format.OPENAI_COMPLETIONS && turn.parts().size() > 1) {
            return Optional.of(Reason.many_answers);
        }
        boolean dependent = cache.timeWords().isIn(turn.text()) && allowed.timeDependent().ttl().isEmpty();
        return dependent ? Optional.of(Reason.time_dependent) : Optional.empty();
    }

    private static boolean isCount(String path) {
        String pathOnly = path.toLowerCase(Locale.ROOT).split("[?#]", 2)[0];
        return COUNTING.contains(pathOnly.substring(pathOnly.lastIndexOf('/') + 1)) || pathOnly.endsWith(":counttokens");
    }

    private Question question(
            CompiledCache cache, LlmRequest request, LastTurn turn, Circumstances circumstances, Owner owner, Vectoriser vectoriser) {
        String text = turn.text();
        String tag = keys.tag(cache.policy().uid(), owner.parts());
        String hard = hash.hexOfParts(hardParts(cache, request, turn, circumstances, owner));
        List<String> exact = new ArrayList<>(List.of("entry", hard));
        turn.parts().forEach(part -> exact.add(Fold.of(part.text())));
        Key ownerKey = ownerKey(keys, cache, owner);
        return new Question(
                new Pool(cache.policy().uid(), ownerKey.text(), cache.target()), ownerKey, keys.key(tag, FEATURE, "set", hard), keys.key(tag, FEATURE, exact.toArray(String[]::new)),
                label(hash, request.model().orElse("")), text, vectoriser.of(text), placeholders(request), terms(cache, text));
    }

    /** Where all that an owner keeps under a policy is counted. */
    public static Key ownerKey(Keys keys, CompiledCache cache, Owner owner) {
        return keys.key(keys.tag(cache.policy().uid(), owner.parts()), FEATURE, "owner");
    }

    /** Where the entry counts. */
    public static Key ownerOf(Keys keys, Key entry) {
        return keys.key(entry.tag(), FEATURE, "owner");
    }

    /** By which entries of a requested model are found. */
    public static String label(KeyedHash hash, String model) {
        return hash.hexOfParts(List.of("model", model)).substring(0, 32);
    }

    /** All that must be equal between two requests that share an answer, but the question. */
    private List<String> hardParts(CompiledCache cache, LlmRequest request, LastTurn turn, Circumstances circumstances, Owner owner) {
        List<String> parts = new ArrayList<>(List.of(FORM, versions, cache.generation(), circumstances.routing(), request.format().name(),
                circumstances.authority(), wireNeutral(request.path()), request.model().orElse(""), owner.only().orElse(""),
                Language.of(turn.text()), Canonical.of(request, turn)));
        parts.addAll(circumstances.features());
        return parts;
    }

    /** The path of the same request whether it asks for a stream or not; of the query only the version of the API. */
    private static String wireNeutral(String path) {
        String[] halves = path.split("\\?", 2);
        String version = halves.length < 2 ? "" : List.of(halves[1].split("&")).stream().filter(field -> field.startsWith("api-version=")).findFirst().orElse("");
        return halves[0].replace(":streamGenerateContent", ":generateContent").replace(":streamRawPredict", ":rawPredict")
                .replace("/converse-stream", "/converse").replace("/invoke-with-response-stream", "/invoke") + "?" + version;
    }

    private static Set<String> placeholders(LlmRequest request) {
        Set<String> names = new HashSet<>();
        for (TextPart part : request.parts()) {
            names.addAll(PlaceholderNames.in(part.text()));
        }
        return names;
    }

    private static Terms terms(CompiledCache cache, String text) {
        SemanticCacheSpec spec = cache.spec();
        Duration ttl = cache.timeWords().isIn(text) ? spec.cacheable().timeDependent().ttl().orElse(spec.ttl()) : spec.ttl();
        return cache.terms(ttl, text.length());
    }
}
