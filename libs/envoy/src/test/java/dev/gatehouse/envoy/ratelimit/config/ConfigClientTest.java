package dev.gatehouse.envoy.ratelimit.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.gatehouse.envoy.client.ClientTls;
import dev.gatehouse.envoy.proto.limitconfig.RateLimitConfig;
import dev.gatehouse.envoy.proto.limitconfig.RateLimitDescriptor;
import dev.gatehouse.envoy.proto.limitconfig.RateLimitPolicy;
import dev.gatehouse.envoy.proto.limitconfig.RateLimitReplace;
import dev.gatehouse.envoy.proto.limitconfig.RateLimitUnit;
import dev.gatehouse.testbed.Ports;
import dev.gatehouse.testbed.TestCertificate;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A management server's configuration, accepted and refused, over a real connection. */
class ConfigClientTest {

    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private final BlockingQueue<List<DomainConfig>> received = new LinkedBlockingQueue<>();
    private final ConfigListener listener = new ConfigListener() {
        @Override
        public Optional<String> configured(List<DomainConfig> domains) {
            received.add(domains);
            return domains.stream().anyMatch(domain -> domain.domain().isEmpty()) ? Optional.of("no domain") : Optional.empty();
        }

        @Override
        public void disconnected(String why) {
            // it is tried again
        }
    };
    private ManagementServer server;
    private ConfigClient client;

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void aVersionIsAcceptedAndAFaultyOneRefusedWithTheReason() throws Exception {
        server = new ManagementServer(0, Optional.empty());
        client = new ConfigClient(settings(Optional.empty()), listener);
        StreamObserver<DiscoveryResponse> stream = server.stream();
        DiscoveryRequest first = server.request();
        assertThat(first.getNode().getId()).isEqualTo("rls");
        assertThat(first.getNode().getMetadata().getFieldsOrThrow("zone").getStringValue()).isEqualTo("a");
        assertThat(first.getTypeUrl()).isEqualTo("type.googleapis.com/ratelimit.config.ratelimit.v3.RateLimitConfig");
        stream.onNext(ManagementServer.version("1", List.of(Any.pack(config("shop")))));
        DiscoveryRequest ack = server.request();
        assertThat(ack.getVersionInfo()).isEqualTo("1");
        assertThat(ack.getResponseNonce()).isEqualTo("nonce-1");
        assertThat(ack.hasErrorDetail()).isFalse();
        stream.onNext(ManagementServer.version("2", List.of(Any.pack(config("")))));
        DiscoveryRequest nack = server.request();
        assertThat(nack.getVersionInfo()).isEqualTo("1");
        assertThat(nack.getResponseNonce()).isEqualTo("nonce-2");
        assertThat(nack.getErrorDetail().getMessage()).isEqualTo("no domain");
        stream.onNext(ManagementServer.version("3", List.of(Any.pack(Struct.getDefaultInstance()))));
        assertThat(server.request().getErrorDetail().getMessage()).isEqualTo("a resource is not a RateLimitConfig");
    }

    @Test
    void everyFieldOfAConfigurationIsRead() throws Exception {
        server = new ManagementServer(0, Optional.empty());
        client = new ConfigClient(settings(Optional.empty()), listener);
        server.stream().onNext(ManagementServer.version("1", List.of(Any.pack(config("shop")))));
        DescriptorConfig descriptor = received.poll(20, TimeUnit.SECONDS).getFirst().descriptors().getFirst();
        assertThat(descriptor).isEqualTo(new DescriptorConfig("user", "a*",
                Optional.of(new LimitConfig(4294967295L, "WEEK", false, "base", List.of("other"))), List.of(), true, true, true, false, false, Map.of("k", "v")));
    }

    @Test
    void aStreamThatEndsIsOpenedAgainAndTellsWhatWasAccepted() throws Exception {
        int port = Ports.free();
        server = new ManagementServer(port, Optional.empty());
        client = new ConfigClient(settings(Optional.empty()), listener);
        StreamObserver<DiscoveryResponse> stream = server.stream();
        server.request();
        stream.onNext(ManagementServer.version("1", List.of(Any.pack(config("shop")))));
        server.request();
        stream.onCompleted();
        assertThat(server.stream()).isNotNull();
        assertThat(server.request().getVersionInfo()).isEqualTo("1");
        server.close();
        server = new ManagementServer(port, Optional.empty());
        assertThat(server.stream()).isNotNull();
    }

    @Test
    void bothSidesShowCertificatesAndTheServersNameIsTheOneExpected() throws Exception {
        TestCertificate certificate = TestCertificate.of(folder, "dns:control-plane");
        server = new ManagementServer(0, Optional.of(certificate));
        client = new ConfigClient(settings(Optional.of(new ClientTls(Optional.of(certificate.certificate()), Optional.of(certificate.key()),
                Optional.of(certificate.certificate()), Optional.of("control-plane")))), listener);
        server.stream().onNext(ManagementServer.version("1", List.of(Any.pack(config("shop")))));
        assertThat(received.poll(20, TimeUnit.SECONDS)).hasSize(1);
    }

    private ConfigClient.Settings settings(Optional<ClientTls> tls) {
        return new ConfigClient.Settings("127.0.0.1:" + server.port(), "rls", Map.of("zone", "a"), Map.of("x-token", "t"), tls, SHORT, SHORT, 0);
    }

    private static RateLimitConfig config(String domain) {
        return RateLimitConfig.newBuilder().setName("c").setDomain(domain).addDescriptors(RateLimitDescriptor.newBuilder()
                .setKey("user").setValue("a*").setShadowMode(true).setQuotaMode(true).setDetailedMetric(true)
                .setMetadata(Struct.newBuilder().putFields("k", Value.newBuilder().setStringValue("v").build()))
                .setRateLimit(RateLimitPolicy.newBuilder().setUnit(RateLimitUnit.WEEK).setRequestsPerUnit(-1).setName("base")
                        .addReplaces(RateLimitReplace.newBuilder().setName("other")))).build();
    }
}
