package dev.gatehouse.policy.document;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;

/**
 * A size in bytes, written as a Kubernetes quantity: {@code 65536}, {@code 64Ki}, {@code 10Mi}, {@code 1Gi}, {@code 64k},
 * {@code 10M}, {@code 1G}.
 *
 * @param bytes 0 to 2^31 - 1
 */
public record ByteSize(int bytes) {

    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,10})(|Ki|Mi|Gi|k|M|G)");
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L, "Ki", 1L << 10, "Mi", 1L << 20, "Gi", 1L << 30, "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L);

    public static ByteSize parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        InvalidField.check(matcher.matches(), "", "is no size: " + text + " (write 65536, 64Ki or 10Mi)");
        long bytes = Long.parseLong(matcher.group(1)) * UNITS.get(matcher.group(2));
        InvalidField.check(bytes <= Integer.MAX_VALUE, "", "is more than 2147483647 bytes: " + text);
        return new ByteSize((int) bytes);
    }

    public static ByteSize ofMebibytes(int mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, 1 << 20));
    }
}
