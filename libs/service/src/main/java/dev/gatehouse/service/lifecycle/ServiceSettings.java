package dev.gatehouse.service.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings that all services share; each is also an environment variable, {@code GATEHOUSE_GRPC_PORT} and so on. */
@ConfigMapping(prefix = "gatehouse")
public interface ServiceSettings {

    /** Address to bind. */
    @WithDefault("0.0.0.0")
    String bind();

    /** Port of the callouts over gRPC (ext_proc, ext_authz, health, reflection). */
    @WithDefault("9001")
    int grpcPort();

    /** Path prefix of ext_authz over HTTP, as in the host's {@code path_prefix}. */
    @WithDefault("/authz")
    String authzPrefix();

    /** Where policies come from. */
    enum Source { FOLDER, KUBERNETES }

    /** {@code folder} or {@code kubernetes}. */
    @WithDefault("folder")
    Source source();

    /** For {@code source} kubernetes. */
    KubernetesConfig kubernetes();

    /** Folder of policies and HTTPRoutes, for {@code source} folder. */
    @WithDefault("/etc/gatehouse")
    Path config();

    /** File with the secret of keyed hashes, at least 16 bytes; without it each process has a random one. */
    Optional<Path> hashKeyFile();

    /** PEM files for TLS on the gRPC port; plain text without. */
    Optional<Path> tlsCertificate();

    /** The certificate's private key. */
    Optional<Path> tlsKey();

    /** When given, only hosts with a certificate of this authority are served. */
    Optional<Path> tlsClientCa();

    /** How long exchanges under way may take to end when the service stops. */
    @WithDefault("25s")
    Duration drain();
}
