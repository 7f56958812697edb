package dev.gatehouse.router.external;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.routing.Decider;
import dev.gatehouse.router.external.Opinion.Why;
import dev.gatehouse.router.health.AskGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a decider outside, at most so many at a time and none for longer than the deadline, and remembers what it said of a text under
 * the text's keyed hash. Thread-safe.
 */
public final class ExternalDecider {

    private static final int MAX_REMEMBERED = 10_000;

    private final Adviser adviser;
    private final Decider policy;
    private final KeyedHash hash;
    private final Semaphore slots;
    private final AskGate gate = new AskGate();
    private final Cache<String, String> said;

    ExternalDecider(Adviser adviser, Decider policy, KeyedHash hash) {
        this.adviser = adviser;
        this.policy = policy;
        this.hash = hash;
        this.slots = new Semaphore(policy.maxConcurrent());
        this.said = Caffeine.newBuilder().maximumSize(policy.remember().isZero() ? 0 : MAX_REMEMBERED).expireAfterWrite(policy.remember())
                .executor(Runnable::run).build();
    }

    /** Whether it is not to be asked where the policy's own classifier is sure. */
    public boolean isOnlyForUnsure() {
        return policy.onlyWhenUnsure();
    }

    /**
     * @param text   as the model will be asked, after masking
     * @param offers the routes it may choose; nothing else that it says counts
     * @param most   to wait, where that is less than the policy's timeout
     * @throws InterruptedException when the exchange ended meanwhile
     */
    public Opinion ask(String text, List<Offer> offers, Duration most) throws InterruptedException {
        String end = text.length() > policy.maxCharacters() ? text.substring(text.length() - policy.maxCharacters()) : text;
        String key = key(end, offers);
        Optional<String> before = Optional.ofNullable(said.getIfPresent(key));
        return before.isPresent() ? opinion(before.get(), offers, true) : askNow(key, end, offers, most.compareTo(policy.timeout()) < 0 ? most : policy.timeout());
    }

    private Opinion askNow(String key, String text, List<Offer> offers, Duration most) throws InterruptedException {
        if (most.isZero()) {
            return new Opinion.Missing(Why.LATE);
        }
        if (!slots.tryAcquire()) {
            return new Opinion.Missing(Why.BUSY);
        }
        if (!gate.mayAsk()) {
            slots.release();
            return new Opinion.Missing(Why.AWAY);
        }
        return within(most, begin(text, offers), offers, key);
    }

    private record Question(Thread thread, CompletableFuture<String> answer) {}

    private Question begin(String text, List<Offer> offers) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                answer.complete(askInSlot(text, offers));
            } catch (AdviceFailed | InterruptedException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return new Question(thread, answer);
    }

    /** The slot is given back when the call really ends, so that calls which hang do not add up, and before anybody has the answer. */
    private String askInSlot(String text, List<Offer> offers) throws AdviceFailed, InterruptedException {
        try {
            return adviser.ask(text, offers);
        } finally {
            slots.release();
        }
    }

    private Opinion within(Duration most, Question question, List<Offer> offers, String key) throws InterruptedException {
        try {
            String word = question.answer().get(most.toNanos(), TimeUnit.NANOSECONDS);
            gate.answered();
            return remembered(key, word, offers);
        } catch (TimeoutException e) {
            blame(most);
            return new Opinion.Missing(Why.LATE);
        } catch (ExecutionException e) {
            gate.failed();
            return new Opinion.Missing(Why.FAILED);
        } finally {
            question.thread().interrupt();
        }
    }

    /** Who had less time than the policy gives is not to blame for being late. */
    private void blame(Duration most) {
        if (most.equals(policy.timeout())) {
            gate.failed();
        }
    }

    private Opinion remembered(String key, String word, List<Offer> offers) {
        Opinion opinion = opinion(word, offers, false);
        if (!(opinion instanceof Opinion.Missing)) {
            said.put(key, word);
        }
        return opinion;
    }

    private static Opinion opinion(String word, List<Offer> offers, boolean remembered) {
        if (offers.stream().anyMatch(offer -> offer.route().equals(word))) {
            return new Opinion.Chosen(word, remembered);
        }
        return word.equals(Adviser.NONE) ? new Opinion.None(remembered) : new Opinion.Missing(Why.OUTSIDE);
    }

    private String key(String text, List<Offer> offers) {
        List<String> parts = new ArrayList<>();
        parts.add(text);
        offers.forEach(offer -> parts.add(offer.route()));
        return hash.hexOfParts(parts);
    }
}
