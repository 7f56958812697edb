package dev.gatehouse.envoy.ratelimit.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node of a domain's tree.
 *
 * @param value          may be empty: any value; {@code *} in it stands for any text
 * @param limit          what holds for a request that ends here
 * @param shadowMode     counts, never refuses
 * @param quotaMode      refuses only when all limits in quota mode do
 * @param detailedMetric statistics by the request's values, not by the tree's path
 * @param valueToMetric  statistics of this level by the request's value
 * @param shareThreshold all values that a wildcard matches share one counter
 * @param metadata       goes to the host while the limit is not exceeded; strings, numbers, booleans, lists, maps
 */
public record DescriptorConfig(
        String key,
        String value,
        Optional<LimitConfig> limit,
        List<DescriptorConfig> descriptors,
        boolean shadowMode,
        boolean quotaMode,
        boolean detailedMetric,
        boolean valueToMetric,
        boolean shareThreshold,
        Map<String, Object> metadata) {

    /** Key and value as one word, by which siblings differ and requests are matched. */
    public String composite() {
        return value.isEmpty() ? key : key + "_" + value;
    }

    public boolean isWildcard() {
        return composite().indexOf('*') >= 0;
    }
}
