package dev.gatehouse.envoy.ratelimit;

import com.google.protobuf.Duration;
import com.google.protobuf.UnknownFieldSet;
import dev.gatehouse.envoy.codec.MetadataCodec;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.CurrentLimit;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Header;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Status;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.DescriptorStatus;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.RateLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The rate limit service's messages as records, and back. */
final class RateLimitCodec {

    // RateLimitDescriptor.is_negative_hits of Envoy 1.38, which the API of this build does not have yet.
    private static final int IS_NEGATIVE_HITS = 4;

    private RateLimitCodec() {}

    static RateLimitQuery query(RateLimitRequest request) {
        List<RateLimitQuery.Descriptor> descriptors = new ArrayList<>(request.getDescriptorsCount());
        for (RateLimitDescriptor descriptor : request.getDescriptorsList()) {
            descriptors.add(descriptor(descriptor));
        }
        return new RateLimitQuery(request.getDomain(), descriptors, Integer.toUnsignedLong(request.getHitsAddend()));
    }

    static RateLimitResponse response(RateLimitAnswer answer) {
        RateLimitResponse.Builder response = RateLimitResponse.newBuilder().setOverallCode(code(answer.overall()));
        answer.statuses().forEach(status -> response.addStatuses(status(status)));
        answer.headers().forEach(header -> response.addResponseHeadersToAdd(header(header)));
        answer.metadata().ifPresent(metadata -> response.setDynamicMetadata(MetadataCodec.encode(metadata)));
        return response.build();
    }

    static RateLimitResponse response(RateLimitAnswer.Code code) {
        return RateLimitResponse.newBuilder().setOverallCode(code(code)).build();
    }

    private static RateLimitQuery.Descriptor descriptor(RateLimitDescriptor descriptor) {
        List<RateLimitQuery.Entry> entries = new ArrayList<>(descriptor.getEntriesCount());
        for (RateLimitDescriptor.Entry entry : descriptor.getEntriesList()) {
            entries.add(new RateLimitQuery.Entry(entry.getKey(), entry.getValue()));
        }
        return new RateLimitQuery.Descriptor(entries, override(descriptor), hits(descriptor), isRefund(descriptor));
    }

    private static Optional<RateLimitQuery.Override> override(RateLimitDescriptor descriptor) {
        if (!descriptor.hasLimit()) {
            return Optional.empty();
        }
        long requests = Integer.toUnsignedLong(descriptor.getLimit().getRequestsPerUnit());
        return Optional.of(new RateLimitQuery.Override(requests, unit(descriptor.getLimit().getUnitValue())));
    }

    /** By number: the request's enum has the same ones as the response's, and lacks the week in older APIs. */
    private static Optional<LimitUnit> unit(int number) {
        RateLimit.Unit unit = RateLimit.Unit.forNumber(number);
        return unit == null ? Optional.empty() : LimitUnit.named(unit.name());
    }

    /** An amount beyond a signed 64 bit number is over every limit just the same. */
    private static OptionalLong hits(RateLimitDescriptor descriptor) {
        if (!descriptor.hasHitsAddend()) {
            return OptionalLong.empty();
        }
        long hits = descriptor.getHitsAddend().getValue();
        return OptionalLong.of(hits < 0 ? Long.MAX_VALUE : hits);
    }

    private static boolean isRefund(RateLimitDescriptor descriptor) {
        UnknownFieldSet unknown = descriptor.getUnknownFields();
        return unknown.hasField(IS_NEGATIVE_HITS) && unknown.getField(IS_NEGATIVE_HITS).getVarintList().contains(1L);
    }

    private static Code code(RateLimitAnswer.Code code) {
        return switch (code) {
            case UNKNOWN -> Code.UNKNOWN;
            case OK -> Code.OK;
            case OVER_LIMIT -> Code.OVER_LIMIT;
        };
    }

    private static DescriptorStatus status(Status status) {
        DescriptorStatus.Builder builder =
                DescriptorStatus.newBuilder().setCode(code(status.code())).setLimitRemaining((int) status.remaining());
        if (status.limit().isPresent()) {
            builder.setCurrentLimit(limit(status.limit().get()));
        }
        if (status.secondsUntilReset() > 0) {
            builder.setDurationUntilReset(Duration.newBuilder().setSeconds(status.secondsUntilReset()));
        }
        return builder.build();
    }

    private static RateLimit limit(CurrentLimit limit) {
        return RateLimit.newBuilder()
                .setName(limit.name())
                .setRequestsPerUnit((int) limit.requestsPerUnit())
                .setUnit(RateLimit.Unit.valueOf(limit.unit().name()))
                .build();
    }

    private static HeaderValue header(Header header) {
        return HeaderValue.newBuilder().setKey(header.name()).setValue(header.value()).build();
    }
}
