package dev.gatehouse.state.limit;

import dev.gatehouse.state.Key;
import dev.gatehouse.state.RedisScript;
import dev.gatehouse.state.RedisState;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Limits in Redis, shared by all replicas, by Redis' own clock. A call is one round trip. In a cluster the claims of each tag are one
 * script call, all sent at once; if one is refused, the others are given back in a second round trip before the refusal is told.
 */
public final class RedisLimits implements Limits {

    private static final LimitScripts SCRIPTS = new LimitScripts(LimitScripts.TIME);

    private final RedisState redis;
    private final LimitScripts scripts;
    private final Wire wire;

    public RedisLimits(RedisState redis) {
        this(redis, SCRIPTS, InstantSource.system());
    }

    /** With other clocks, for tests. */
    RedisLimits(RedisState redis, LimitScripts scripts, InstantSource clock) {
        this.redis = redis;
        this.scripts = scripts;
        this.wire = new Wire(clock);
    }

    @Override
    public Decision reserve(ReservationId id, List<Claim> claims, Duration expiry) {
        Bounds.differ(claims);
        List<byte[]> head = List.of(Wire.text(id.text()), Wire.number(Bounds.expiry(expiry)));
        List<List<Claim>> groups = grouped(claims, claim -> claim.bucket().key());
        List<Wire.Reply> replies = redis.await(all(groups, group -> send(scripts.reserve, group, claim -> claim.bucket().key(), head, wire::claim)));
        boolean admitted = replies.stream().allMatch(Wire.Reply::admitted);
        List<List<Level>> levels = zip(groups, replies, (group, reply) -> reply.levels(Claim::bucket, group, claim -> admitted ? 0 : claim.estimate()));
        if (!admitted) {
            giveBack(id, groups, replies, levels);
        }
        return new Decision(admitted, inOrder(claims, groups, levels));
    }

    /** What was reserved in one slot of a cluster while another refused. */
    private void giveBack(ReservationId id, List<List<Claim>> groups, List<Wire.Reply> replies, List<List<Level>> levels) {
        List<Integer> taken = IntStream.range(0, groups.size()).filter(i -> replies.get(i).admitted()).boxed().toList();
        if (taken.isEmpty()) {
            return;
        }
        List<List<Charge>> nothing = taken.stream().map(i -> groups.get(i).stream().map(claim -> new Charge(claim, 0)).toList()).toList();
        List<Wire.Reply> back = redis.await(all(nothing, group -> send(scripts.settle, group, RedisLimits::key, List.of(Wire.text(id.text())), wire::charge)));
        for (int i = 0; i < taken.size(); i++) {
            levels.set(taken.get(i), back.get(i).levels(Claim::bucket, groups.get(taken.get(i)), claim -> 0));
        }
    }

    @Override
    public List<Settlement> settle(ReservationId id, List<Charge> charges) {
        return settle(scripts.settle, charges, List.of(Wire.text(id.text())));
    }

    @Override
    public List<Settlement> settleUnknown(ReservationId id, List<Charge> charges, Duration age) {
        return settle(scripts.settleUnknown, charges, List.of(Wire.text(id.text()), Wire.number(Math.max(0, age.toMillis()))));
    }

    private List<Settlement> settle(RedisScript script, List<Charge> charges, List<byte[]> head) {
        return redis.await(call(charges, RedisLimits::key, group -> send(script, group, RedisLimits::key, head, wire::charge),
                (group, reply) -> reply.settlements(group)));
    }

    private static Key key(Charge charge) {
        return charge.claim().bucket().key();
    }

    @Override
    public List<Level> peek(List<Bucket> buckets) {
        return redis.await(peeked(buckets));
    }

    private Future<List<Level>> peeked(List<Bucket> buckets) {
        return call(buckets, Bucket::key, group -> send(scripts.peek, group, Bucket::key, List.of(), wire::bucket),
                (group, reply) -> reply.levels(Function.identity(), group, bucket -> 1));
    }

    @Override
    public List<Level> add(List<Hit> hits) {
        return redis.await(added(hits));
    }

    /** The same store for callers on an event loop. Hits of many of them go to Redis together. */
    public AsyncLimits async() {
        GroupedAdds adds = new GroupedAdds(hits -> redis.within(added(hits)));
        return new AsyncLimits() {
            @Override
            public CompletionStage<List<Level>> peek(List<Bucket> buckets) {
                return redis.within(peeked(buckets));
            }

            @Override
            public CompletionStage<List<Level>> add(List<Hit> hits) {
                return adds.add(hits);
            }
        };
    }

    private Future<List<Level>> added(List<Hit> hits) {
        return call(hits, hit -> hit.bucket().key(), group -> send(scripts.add, group, hit -> hit.bucket().key(), List.of(), wire::hit),
                (group, reply) -> reply.levels(Hit::bucket, group, hit -> 1));
    }

    @Override
    public void reset(Bucket bucket) {
        redis.await(scripts.reset.send(redis, List.of(bucket.key()), List.of()));
    }

    private interface Reading<I, T> {
        List<T> read(List<I> group, Wire.Reply reply);
    }

    /** Asks for each group of items that may be asked together, all at once; what they are answered, in the order of the items. */
    private <I, T> Future<List<T>> call(List<I> items, Function<I, Key> key, Function<List<I>, Future<Wire.Reply>> ask, Reading<I, T> reading) {
        List<List<I>> groups = grouped(items, key);
        return all(groups, ask).map(replies -> inOrder(items, groups, zip(groups, replies, reading)));
    }

    private <I> Future<Wire.Reply> send(RedisScript script, List<I> items, Function<I, Key> key, List<byte[]> head, Function<I, byte[]> encode) {
        List<byte[]> arguments = new ArrayList<>(head.size() + items.size());
        arguments.addAll(head);
        items.forEach(item -> arguments.add(encode.apply(item)));
        return script.send(redis, items.stream().map(key).toList(), arguments).map(Response::toBytes).map(Wire.Reply::new);
    }

    /** All together, or in a cluster those of each tag. */
    private <I> List<List<I>> grouped(List<I> items, Function<I, Key> key) {
        if (!redis.isCluster() || items.size() == 1) {
            return List.of(items);
        }
        Map<String, List<I>> byTag = new LinkedHashMap<>();
        items.forEach(item -> byTag.computeIfAbsent(key.apply(item).tag(), tag -> new ArrayList<>()).add(item));
        return List.copyOf(byTag.values());
    }

    private static <I> Future<List<Wire.Reply>> all(List<List<I>> groups, Function<List<I>, Future<Wire.Reply>> ask) {
        return groups.size() == 1 ? ask.apply(groups.getFirst()).map(List::of) : Future.join(groups.stream().map(ask).toList()).map(answers -> answers.list());
    }

    private static <I, T> List<List<T>> zip(List<List<I>> groups, List<Wire.Reply> replies, Reading<I, T> reading) {
        List<List<T>> answers = new ArrayList<>(groups.size());
        for (int i = 0; i < groups.size(); i++) {
            answers.add(reading.read(groups.get(i), replies.get(i)));
        }
        return answers;
    }

    @SuppressWarnings("unchecked")
    private static <I, T> List<T> inOrder(List<I> items, List<List<I>> groups, List<List<T>> answers) {
        if (groups.size() == 1) {
            return answers.getFirst();
        }
        Object[] ordered = new Object[items.size()];
        for (int g = 0; g < groups.size(); g++) {
            for (int i = 0; i < groups.get(g).size(); i++) {
                ordered[position(items, groups.get(g).get(i), ordered)] = answers.get(g).get(i);
            }
        }
        return (List<T>) Arrays.asList(ordered);
    }

    /** The first place of an item that is not taken yet: the same item may stand in a list twice. */
    private static <I> int position(List<I> items, I item, Object[] taken) {
        return IntStream.range(0, items.size()).filter(i -> items.get(i) == item && taken[i] == null).findFirst().orElseThrow();
    }
}
