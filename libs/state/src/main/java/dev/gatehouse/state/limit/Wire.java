package dev.gatehouse.state.limit;

import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import dev.gatehouse.state.limit.Algorithm.SlidingWindow;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What the scripts are told and what they answer, as the numbers that Lua's {@code struct} reads: little-endian doubles, which hold
 * whole numbers to 2^53. Text would have to be parsed for every number on both sides.
 *
 * <p>An argument: kind (a byte), amount, capacity, window in ms (0 for a calendar's), and three amounts that depend on the script;
 * for a calendar the starts of four windows, the second of which holds now by this replica's clock: Redis' clock picks among them.
 *
 * <p>A reply: now in ms, whether all was admitted (a byte), and for each bucket its four numbers and an outcome (a byte).
 */
final class Wire {

    private static final int ARGUMENT = 1 + 6 * Double.BYTES;
    private static final int STARTS = 4 * Double.BYTES;
    private static final int REPLY = Double.BYTES + 1;
    private static final int BUCKET = 4 * Double.BYTES + 1;
    private static final Settlement.Outcome[] OUTCOMES = Settlement.Outcome.values();

    private final InstantSource clock;

    /** @param clock of this replica, for calendars */
    Wire(InstantSource clock) {
        this.clock = clock;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] number(long number) {
        return text(Long.toString(number));
    }

    byte[] bucket(Bucket bucket) {
        return argument(bucket, 0, 0, 0);
    }

    byte[] claim(Claim claim) {
        return argument(claim.bucket(), claim.estimate(), claim.floor(), 0);
    }

    byte[] charge(Charge charge) {
        return argument(charge.claim().bucket(), charge.claim().estimate(), charge.claim().floor(), charge.actual());
    }

    byte[] hit(Hit hit) {
        return argument(hit.bucket(), hit.amount(), 0, 0);
    }

    private byte[] argument(Bucket bucket, long a, long b, long c) {
        return switch (bucket.algorithm()) {
            case TokenBucket tokens -> argument(0, 1, tokens.amount(), tokens.burst(), tokens.window().toMillis(), a, b, c).array();
            case SlidingWindow sliding -> argument(0, 2, sliding.amount(), sliding.amount(), sliding.window().toMillis(), a, b, c).array();
            case FixedWindow(long amount, Window.Every every) -> argument(0, 3, amount, amount, every.length().toMillis(), a, b, c).array();
            case FixedWindow(long amount, Window.Calendar calendar) -> starts(argument(STARTS, 3, amount, amount, 0, a, b, c), calendar);
            case InFlight flight -> argument(0, 4, flight.max(), flight.max(), 0, a, b, c).array();
        };
    }

    private static ByteBuffer argument(int more, int kind, long amount, long capacity, long window, long a, long b, long c) {
        return ByteBuffer.allocate(ARGUMENT + more).order(ByteOrder.LITTLE_ENDIAN).put((byte) kind)
                .putDouble(amount).putDouble(capacity).putDouble(window).putDouble(a).putDouble(b).putDouble(c);
    }

    private byte[] starts(ByteBuffer argument, Window.Calendar calendar) {
        long start = calendar.start(clock.millis());
        long end = calendar.end(start);
        return argument.putDouble(calendar.start(start - 1)).putDouble(start).putDouble(end).putDouble(calendar.end(end)).array();
    }

    /** What a script answered. */
    static final class Reply {

        private final ByteBuffer bytes;

        Reply(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        boolean admitted() {
            return bytes.get(Double.BYTES) == 1;
        }

        <I> List<Level> levels(Function<I, Bucket> bucket, List<I> items, ToLongFunction<I> claim) {
            List<Level> levels = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                levels.add(level(i, bucket.apply(items.get(i)), claim.applyAsLong(items.get(i))));
            }
            return levels;
        }

        List<Settlement> settlements(List<Charge> charges) {
            List<Settlement> settlements = new ArrayList<>(charges.size());
            for (int i = 0; i < charges.size(); i++) {
                settlements.add(new Settlement(outcome(i), level(i, charges.get(i).claim().bucket(), 1)));
            }
            return settlements;
        }

        private Settlement.Outcome outcome(int index) {
            return OUTCOMES[bytes.get(REPLY + index * BUCKET + 4 * Double.BYTES)];
        }

        private Level level(int index, Bucket bucket, long claim) {
            Tally tally = new Tally(number(index, 0), number(index, 1), number(index, 2), number(index, 3));
            return tally.level(bucket.algorithm(), (long) bytes.getDouble(0), claim);
        }

        private long number(int index, int field) {
            return (long) bytes.getDouble(REPLY + index * BUCKET + field * Double.BYTES);
        }
    }
}
