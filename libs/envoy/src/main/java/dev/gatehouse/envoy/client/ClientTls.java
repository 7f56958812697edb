package dev.gatehouse.envoy.client;

import dev.gatehouse.envoy.tls.PrivateKeys;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.util.CertificateUtils;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * PEM files.
 *
 * @param certificate with its key, of this client
 * @param authorities whom to trust; the JVM's without
 * @param serverName  whose certificate is expected, in place of the host's
 */
public record ClientTls(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities, Optional<String> serverName) {

    /** Encrypts what the channel sends. @throws IOException when a certificate or key cannot be read */
    public NettyChannelBuilder secure(NettyChannelBuilder builder) throws IOException {
        serverName.ifPresent(builder::overrideAuthority);
        return builder.sslContext(context());
    }

    private SslContext context() throws IOException {
        SslContextBuilder context = GrpcSslContexts.forClient();
        if (certificate.isPresent() && key.isPresent()) {
            context.keyManager(key(key.get()), chain(certificate.get()));
        }
        authorities.ifPresent(file -> context.trustManager(file.toFile()));
        return context.build();
    }

    private static PrivateKey key(Path file) throws IOException {
        try {
            return PrivateKeys.read(Files.readAllBytes(file));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static X509Certificate[] chain(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return CertificateUtils.getX509Certificates(input);
        } catch (CertificateException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
