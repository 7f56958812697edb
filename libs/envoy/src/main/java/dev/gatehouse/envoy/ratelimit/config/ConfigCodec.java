package dev.gatehouse.envoy.ratelimit.config;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.gatehouse.envoy.codec.MetadataCodec;
import dev.gatehouse.envoy.proto.limitconfig.RateLimitConfig;
import dev.gatehouse.envoy.proto.limitconfig.RateLimitDescriptor;
import dev.gatehouse.envoy.proto.limitconfig.RateLimitPolicy;
import dev.gatehouse.envoy.proto.limitconfig.RateLimitReplace;
import dev.gatehouse.envoy.proto.limitconfig.RateLimitUnit;
import java.util.Optional;

/** A management server's resources as records. */
final class ConfigCodec {

    private ConfigCodec() {}

    /** @throws InvalidProtocolBufferException for what is no {@code RateLimitConfig} */
    static DomainConfig domain(Any resource) throws InvalidProtocolBufferException {
        RateLimitConfig config = resource.unpack(RateLimitConfig.class);
        return new DomainConfig(
                config.getName(), config.getDomain(), config.getDescriptorsList().stream().map(ConfigCodec::descriptor).toList());
    }

    private static DescriptorConfig descriptor(RateLimitDescriptor descriptor) {
        return new DescriptorConfig(
                descriptor.getKey(),
                descriptor.getValue(),
                descriptor.hasRateLimit() ? Optional.of(limit(descriptor.getRateLimit())) : Optional.empty(),
                descriptor.getDescriptorsList().stream().map(ConfigCodec::descriptor).toList(),
                descriptor.getShadowMode(),
                descriptor.getQuotaMode(),
                descriptor.getDetailedMetric(),
                false,
                false,
                MetadataCodec.decode(descriptor.getMetadata()));
    }

    private static LimitConfig limit(RateLimitPolicy policy) {
        return new LimitConfig(
                Integer.toUnsignedLong(policy.getRequestsPerUnit()),
                policy.getUnit() == RateLimitUnit.UNRECOGNIZED ? String.valueOf(policy.getUnitValue()) : policy.getUnit().name(),
                policy.getUnlimited(),
                policy.getName(),
                policy.getReplacesList().stream().map(RateLimitReplace::getName).toList());
    }
}
