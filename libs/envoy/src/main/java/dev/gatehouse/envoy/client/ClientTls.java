package dev.gatehouse.envoy.client;

import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * PEM files.
 *
 * @param certificate with its key, of this client
 * @param authorities whom to trust; the JVM's without
 * @param serverName  whose certificate is expected, in place of the host's
 */
public record ClientTls(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities, Optional<String> serverName) {

    /** Encrypts what the channel sends. @throws IOException when a certificate cannot be read */
    public NettyChannelBuilder secure(NettyChannelBuilder builder) throws IOException {
        serverName.ifPresent(builder::overrideAuthority);
        return builder.sslContext(context());
    }

    private SslContext context() throws IOException {
        SslContextBuilder context = GrpcSslContexts.forClient();
        if (certificate.isPresent() && key.isPresent()) {
            context.keyManager(certificate.get().toFile(), key.get().toFile());
        }
        authorities.ifPresent(file -> context.trustManager(file.toFile()));
        return context.build();
    }
}
