package dev.gatehouse.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testbed.TestCertificate;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is renewed while the server runs, as a Secret's volume brings it: links are exchanged, files never written to. */
class RenewedCertificateTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;
    private TestCertificate first;
    private TestCertificate second;
    private EnvoyServer server;

    @BeforeEach
    void start() throws Exception {
        first = TestCertificate.of(Files.createDirectory(folder.resolve("first")), "ip:127.0.0.1");
        second = TestCertificate.of(Files.createDirectory(folder.resolve("second")), "ip:127.0.0.1");
        mount(first.certificate(), first.key());
    }

    @AfterEach
    void stop() {
        Optional.ofNullable(server).ifPresent(EnvoyServer::close);
    }

    @Test
    void newConnectionsGetTheRenewedCertificate() throws Exception {
        server = serve(Optional.empty());
        assertThat(answers(first.certificate(), Optional.empty())).isTrue();
        mount(second.certificate(), second.key());
        await(() -> answers(second.certificate(), Optional.empty()));
        assertThat(answers(first.certificate(), Optional.empty())).isFalse();
    }

    @Test
    void aConnectionThatIsThereStays() throws Exception {
        server = serve(Optional.empty());
        ManagedChannel channel = channel(first.certificate(), Optional.empty());
        ask(channel);
        mount(second.certificate(), second.key());
        await(() -> answers(second.certificate(), Optional.empty()));
        assertThat(ask(channel)).isEqualTo(ServingStatus.SERVING);
        channel.shutdownNow();
    }

    /** The half of a renewal is never served: over its whole course every connection gets one of the two pairs. */
    @Test
    void filesThatDoNotFitEachOtherChangeNothing() throws Exception {
        server = serve(Optional.empty());
        link("tls.crt", second.certificate());
        Instant end = Instant.now().plus(LiveTls.LOOK.multipliedBy(2));
        while (Instant.now().isBefore(end)) {
            assertThat(answers(first.certificate(), Optional.empty())).isTrue();
        }
        link("tls.key", second.key());
        await(() -> answers(second.certificate(), Optional.empty()));
    }

    @Test
    void aRenewedAuthorityDecidesWhoIsServed() throws Exception {
        Path authority = link("ca.crt", first.certificate());
        server = serve(Optional.of(authority));
        assertThat(answers(first.certificate(), Optional.of(first))).isTrue();
        assertThat(answers(first.certificate(), Optional.of(second))).isFalse();
        assertThat(answers(first.certificate(), Optional.empty())).isFalse();
        link("ca.crt", second.certificate());
        await(() -> answers(first.certificate(), Optional.of(second)));
        assertThat(answers(first.certificate(), Optional.of(first))).isFalse();
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedAtTheStart() throws Exception {
        mount(first.certificate(), second.key());
        assertThatThrownBy(() -> serve(Optional.empty())).isInstanceOf(IOException.class).hasRootCauseMessage("the key is not the certificate's");
    }

    private EnvoyServer serve(Optional<Path> clientCa) throws IOException {
        EnvoyServer.Tls files = new EnvoyServer.Tls(folder.resolve("tls.crt"), folder.resolve("tls.key"), clientCa);
        EnvoyServer started = new EnvoyServer(EnvoyServer.Settings.plain("127.0.0.1", 0).with(Optional.of(files)), List.of());
        started.ready(true);
        return started;
    }

    private void mount(Path certificate, Path key) throws IOException {
        link("tls.crt", certificate);
        link("tls.key", key);
    }

    private Path link(String name, Path target) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve(name + ".new"), target);
        return Files.move(link, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean answers(Path trusted, Optional<TestCertificate> shown) throws IOException {
        ManagedChannel channel = channel(trusted, shown);
        try {
            return ask(channel) == ServingStatus.SERVING;
        } catch (StatusRuntimeException refused) {
            return false;
        } finally {
            channel.shutdownNow();
        }
    }

    private ManagedChannel channel(Path trusted, Optional<TestCertificate> shown) throws IOException {
        SslContextBuilder context = GrpcSslContexts.forClient().trustManager(trusted.toFile());
        shown.ifPresent(own -> context.keyManager(own.certificate().toFile(), own.key().toFile()));
        return NettyChannelBuilder.forAddress("127.0.0.1", server.port()).sslContext(context.build()).build();
    }

    private static ServingStatus ask(ManagedChannel channel) {
        return HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance()).getStatus();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
