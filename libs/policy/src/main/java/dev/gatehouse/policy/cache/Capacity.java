package dev.gatehouse.policy.cache;

import dev.gatehouse.policy.document.ByteSize;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * How much is kept. When a tenant is full, its entries that expire first go.
 *
 * @param entries    of one tenant (of one principal where no tenant is known), 1 to 1,000,000; 10,000 by default
 * @param bytes      of one tenant, its vectors counted, 64 KiB to 2 GiB; 256 MiB by default
 * @param entryBytes the largest answer that is kept, 1 KiB to 64 MiB; 1 MiB by default
 */
@ValidationRule(value = "quantity(string(self.entryBytes)).compareTo(quantity(string(self.bytes))) <= 0", fieldPath = ".entryBytes",
        message = "must not be more than bytes")
public record Capacity(
        @Default("10000") @Min(1) @Max(1000000) Integer entries,
        @Default("256Mi") @ValidationRule(value = "quantity(string(self)).compareTo(quantity('64Ki')) >= 0", message = "must be 64Ki to 2147483647") ByteSize bytes,
        @Default("1Mi") @ValidationRule(value = "quantity(string(self)).compareTo(quantity('1Ki')) >= 0 && quantity(string(self)).compareTo(quantity('64Mi')) <= 0", message = "must be 1Ki to 64Mi") ByteSize entryBytes) {

    public static final Capacity DEFAULT = new Capacity(null, null, null);

    public Capacity {
        entries = entries == null ? Integer.valueOf(10_000) : entries;
        bytes = bytes == null ? ByteSize.ofMebibytes(256) : bytes;
        entryBytes = entryBytes == null ? ByteSize.ofMebibytes(1) : entryBytes;
        InvalidField.check(entries >= 1 && entries <= 1_000_000, "entries", "must be 1 to 1000000");
        InvalidField.check(bytes.bytes() >= 64 << 10, "bytes", "must be 64Ki to 2147483647");
        InvalidField.check(entryBytes.bytes() >= 1 << 10 && entryBytes.bytes() <= 64 << 20, "entryBytes", "must be 1Ki to 64Mi");
        InvalidField.check(entryBytes.bytes() <= bytes.bytes(), "entryBytes", "must not be more than bytes");
    }
}
