package dev.gatehouse.envoy;

import dev.gatehouse.envoy.tls.PrivateKeys;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.CertificateUtils;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Certificate, key and authority of a server from their files, which are looked at once a second: new connections get what the files
 * hold now, those there are stay as they are. Files that do not fit each other, as in the middle of a renewal, change nothing.
 */
final class LiveTls implements AutoCloseable {

    static final Duration LOOK = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(LiveTls.class.getName());

    private final EnvoyServer.Tls files;
    private final AdvancedTlsX509KeyManager identity = new AdvancedTlsX509KeyManager();
    private final Optional<AdvancedTlsX509TrustManager> authority;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("tls-files").factory());
    private Pem current;
    private Optional<Pem> refused = Optional.empty();

    /** What the files hold. */
    private record Pem(byte[] chain, byte[] key, byte[] clientCa) {

        static Pem read(EnvoyServer.Tls files) throws IOException {
            byte[] clientCa = files.clientCa().isPresent() ? Files.readAllBytes(files.clientCa().get()) : new byte[0];
            return new Pem(Files.readAllBytes(files.certificateChain()), Files.readAllBytes(files.privateKey()), clientCa);
        }

        boolean isAs(Pem other) {
            return Arrays.equals(chain, other.chain) && Arrays.equals(key, other.key) && Arrays.equals(clientCa, other.clientCa);
        }
    }

    private LiveTls(EnvoyServer.Tls files, Optional<AdvancedTlsX509TrustManager> authority) {
        this.files = files;
        this.authority = authority;
    }

    /**
     * Reads the files and goes on looking at them.
     *
     * @throws IOException if one cannot be read, or they do not fit each other
     */
    static LiveTls open(EnvoyServer.Tls files) throws IOException {
        try {
            AdvancedTlsX509TrustManager.Builder trust = AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION);
            LiveTls live = new LiveTls(files, files.clientCa().isPresent() ? Optional.of(trust.build()) : Optional.empty());
            live.take(Pem.read(files));
            live.clock.scheduleWithFixedDelay(live::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return live;
        } catch (GeneralSecurityException e) {
            throw new IOException("certificate and key cannot be taken: " + files.certificateChain() + ", " + files.privateKey(), e);
        }
    }

    /** What connections are secured with; it follows the files. */
    SslContext context() throws IOException {
        SslContextBuilder context = GrpcSslContexts.configure(SslContextBuilder.forServer(identity));
        authority.ifPresent(trust -> context.trustManager(trust).clientAuth(ClientAuth.REQUIRE));
        return context.build();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void look() {
        try {
            Pem now = Pem.read(files);
            if (!now.isAs(current) && !refused.map(now::isAs).orElse(false)) {
                takeOrKeep(now);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "files of the certificate cannot be read: {0}", e.getMessage());
        }
    }

    private void takeOrKeep(Pem now) throws IOException {
        try {
            take(now);
            refused = Optional.empty();
            LOG.log(Level.INFO, "certificate taken from {0}", files.certificateChain());
        } catch (GeneralSecurityException e) {
            refused = Optional.of(now);
            LOG.log(Level.WARNING, "the certificate of {0} is not taken, the one before it stays: {1}", files.certificateChain(), e.getMessage());
        }
    }

    private void take(Pem pem) throws IOException, GeneralSecurityException {
        X509Certificate[] chain = CertificateUtils.getX509Certificates(new ByteArrayInputStream(pem.chain()));
        PrivateKey key = PrivateKeys.read(pem.key());
        requirePair(chain, key);
        if (authority.isPresent()) {
            authority.get().updateTrustCredentials(authorities(pem));
        }
        identity.updateIdentityCredentials(chain, key);
        current = pem;
    }

    private static X509Certificate[] authorities(Pem pem) throws GeneralSecurityException {
        X509Certificate[] authorities = CertificateUtils.getX509Certificates(new ByteArrayInputStream(pem.clientCa()));
        if (authorities.length == 0) {
            throw new GeneralSecurityException("no certificate of an authority");
        }
        return authorities;
    }

    private static void requirePair(X509Certificate[] chain, PrivateKey key) throws GeneralSecurityException {
        if (chain.length == 0) {
            throw new GeneralSecurityException("no certificate");
        }
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(chain[0].getEncoded());
        byte[] signed = signature.sign();
        signature.initVerify(chain[0].getPublicKey());
        signature.update(chain[0].getEncoded());
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not the certificate's");
        }
    }
}
