package dev.gatehouse.testbed.kubernetes;

import dev.gatehouse.testbed.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The two programs, in a folder of their own. */
final class ControlPlane {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final Credentials credentials;
    private final int etcdPort;
    private final int peerPort;
    private final int port;
    private final Audit audit;
    private Server etcd;
    private Server apiServer;

    ControlPlane(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        this.credentials = new Credentials(folder);
        this.etcdPort = Ports.free();
        this.peerPort = Ports.free();
        this.port = Ports.free();
        this.audit = Audit.in(folder);
        start();
    }

    URI url() {
        return URI.create("https://127.0.0.1:" + port);
    }

    Credentials credentials() {
        return credentials;
    }

    Audit audit() {
        return audit;
    }

    /** Both, on the data that there is. */
    void start() {
        etcd = startEtcd();
        startApiServer();
    }

    /** Its data outlives a crash of the program but not of the machine, which makes it fast. */
    private Server startEtcd() {
        String clients = "http://127.0.0.1:" + etcdPort;
        String peers = "http://127.0.0.1:" + peerPort;
        return Server.start(folder.resolve("etcd.log"), List.of(Binaries.etcd().toString(), "--data-dir", folder.resolve("etcd").toString(),
                "--listen-client-urls", clients, "--advertise-client-urls", clients, "--listen-peer-urls", peers,
                "--initial-advertise-peer-urls", peers, "--initial-cluster", "default=" + peers, "--unsafe-no-fsync", "--log-level", "error"));
    }

    private void startApiServer() {
        apiServer = Server.start(folder.resolve("kube-apiserver.log"), List.of(Binaries.apiServer().toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort, "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1",
                "--secure-port=" + port, "--cert-dir=" + credentials.certificates(), "--service-cluster-ip-range=10.96.0.0/24",
                "--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file=" + credentials.signingKey(),
                "--service-account-signing-key-file=" + credentials.signingKey(), "--authorization-mode=RBAC",
                "--token-auth-file=" + credentials.tokens(), "--endpoint-reconciler-type=none", "--disable-admission-plugins=ServiceAccount",
                "--allow-privileged=true", "--profiling=false", "--audit-policy-file=" + audit.policy(), "--audit-log-path=" + audit.log()));
        awaitReady();
    }

    /** Ends both as a crash does. */
    void kill() {
        apiServer.kill();
        etcd.kill();
    }

    private void awaitReady() {
        Instant end = Instant.now().plus(PATIENCE);
        while (!isReady()) {
            etcd.requireAlive();
            apiServer.requireAlive();
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("the API server is not ready, see " + folder);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private boolean isReady() {
        if (!Files.exists(credentials.certificate())) {
            return false;
        }
        try (HttpClient http = HttpClient.newBuilder().sslContext(credentials.trust()).connectTimeout(Duration.ofSeconds(2)).build()) {
            HttpRequest get = HttpRequest.newBuilder(url().resolve("/readyz")).timeout(Duration.ofSeconds(5)).build();
            return http.send(get, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException | GeneralSecurityException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the API server starts", e);
        }
    }
}
