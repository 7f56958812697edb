package dev.gatehouse.ratelimit.dropin;

import dev.gatehouse.exchange.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A deployment of envoyproxy/ratelimit as its environment variables describe it, with that program's defaults.
 *
 * @param http   where {@code /json} and {@code /healthcheck} are served
 * @param grpc   where the rate limit service is
 * @param debug  where {@code /rlconfig} and {@code /stats} are
 * @param grpcTls PEM files of the gRPC port; plain text without
 * @param answers what is decided and answered
 * @param mergeDomains whether several files may speak of one domain
 * @param startWithoutConfiguration healthy before the first configuration came
 * @param healthyWithADomain healthy only while at least one domain is configured
 * @param prometheus where metrics are served under that program's names, if they are
 * @param ignored names of variables that are set and have no effect here
 */
public record DropIn(
        Address http,
        Address grpc,
        Address debug,
        Optional<ServerTls> grpcTls,
        Source source,
        Redis redis,
        Optional<Redis> perSecond,
        Answers answers,
        boolean mergeDomains,
        boolean startWithoutConfiguration,
        boolean healthyWithADomain,
        String logLevel,
        boolean logJson,
        Optional<Prometheus> prometheus,
        Set<String> ignored) {

    public record Address(String host, int port) {}

    /** @param clientCa where given, only clients with a certificate of this authority are served */
    public record ServerTls(Path certificate, Path key, Optional<Path> clientCa) {}

    /** Where the limits are described. */
    public sealed interface Source {

        /** @param hidden whether files with a dot before their name count */
        record Folder(Path folder, boolean hidden) implements Source {}

        /**
         * A management server (ADS, state of the world).
         *
         * @param server   {@code host:port}
         * @param metadata of the node
         * @param headers  sent along
         */
        record Xds(String server, String nodeId, Map<String, String> metadata, Map<String, String> headers, Optional<XdsTls> tls,
                Duration retry, Duration longestRetry, int maxMessageBytes) implements Source {}
    }

    /**
     * @param certificate   with its key, of this client; the server's is checked against the authorities given, else the JVM's
     * @param serverName    whose certificate is expected, in place of the host's
     */
    public record XdsTls(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities, Optional<String> serverName) {}

    /**
     * One Redis.
     *
     * @param type       {@code single}, {@code sentinel} or {@code cluster}
     * @param masterName of sentinels
     * @param addresses  {@code host:port}
     * @param user       {@code default} where none is given
     * @param password   empty for none
     * @param deadline   the longest that one call may take
     */
    public record Redis(String type, Optional<String> masterName, List<String> addresses, String user, String password,
            Optional<RedisTls> tls, Duration deadline) {

        @Override
        public String toString() {
            return "Redis[" + type + " " + addresses + "]";
        }
    }

    public record RedisTls(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities, boolean verifyHost) {}

    /** As in {@link dev.gatehouse.ratelimit.descriptor.AnswerOptions}. */
    public record Answers(boolean shadow, boolean quota, Optional<List<String>> headers, boolean metadata, float nearRatio, boolean keepBelow,
            String keyPrefix, long rememberOver) {}

    public record Prometheus(String host, int port, String path) {}

    /** Any of these makes the program behave as a drop-in; {@code GATEHOUSE_DROP_IN} of {@code on} or {@code off} has the last word. */
    private static final List<String> SIGNS = List.of("RUNTIME_ROOT", "RUNTIME_SUBDIRECTORY", "CONFIG_TYPE", "REDIS_SOCKET_TYPE");

    // Not that program's 10 s: nobody waits so long for an admission.
    private static final Duration REDIS_DEADLINE = Duration.ofSeconds(1);

    // That program's others.
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "BACKEND_TYPE", "DISABLE_STATS", "EXPIRATION_JITTER_MAX_SECONDS", "EXTRA_TAGS", "GRPC_CLIENT_TLS_SAN", "GRPC_MAX_CONNECTION_AGE",
            "GRPC_MAX_CONNECTION_AGE_GRACE", "GRPC_UDS", "MEMCACHE_HOST_PORT", "MEMCACHE_MAX_IDLE_CONNS", "MEMCACHE_SRV",
            "MEMCACHE_SRV_REFRESH", "MEMCACHE_TLS", "MEMCACHE_TLS_CACERT", "MEMCACHE_TLS_CLIENT_CERT", "MEMCACHE_TLS_CLIENT_KEY",
            "MEMCACHE_TLS_SKIP_HOSTNAME_VERIFICATION", "PROMETHEUS_MAPPER_YAML", "PROMETHEUS_RESPONSE_TIME_AS_MILLISECONDS",
            "REDIS_CLUSTER_PIPELINE_PARALLELISM", "REDIS_HEALTH_CHECK_ACTIVE_CONNECTION", "REDIS_PERSECOND_CLUSTER_PIPELINE_PARALLELISM",
            "REDIS_PERSECOND_PIPELINE_LIMIT", "REDIS_PERSECOND_PIPELINE_WINDOW", "REDIS_PERSECOND_POOL_ON_EMPTY_BEHAVIOR",
            "REDIS_PERSECOND_POOL_SIZE", "REDIS_PERSECOND_SENTINEL_AUTH", "REDIS_PIPELINE_LIMIT", "REDIS_PIPELINE_WINDOW",
            "REDIS_POOL_ON_EMPTY_BEHAVIOR", "REDIS_POOL_SIZE", "REDIS_SENTINEL_AUTH", "REDIS_STARTUP_INITIAL_INTERVAL",
            "REDIS_STARTUP_MAX_ELAPSED_TIME", "REDIS_STARTUP_MAX_INTERVAL", "RUNTIME_WATCH_ROOT", "STATSD_HOST", "STATSD_PORT",
            "STATS_FLUSH_INTERVAL", "TRACING_ENABLED", "TRACING_EXPORTER_PROTOCOL", "TRACING_SAMPLING_RATE", "TRACING_SERVICE_INSTANCE_ID",
            "TRACING_SERVICE_NAME", "TRACING_SERVICE_NAMESPACE", "USE_DOG_STATSD", "USE_DOG_STATSD_MOGRIFIERS", "USE_STATSD",
            "XDS_CLIENT_BACKOFF_INITIAL_INTERVAL", "XDS_CLIENT_BACKOFF_JITTER", "XDS_CLIENT_BACKOFF_RANDOM_FACTOR");

    // A remembered limit takes about this many bytes.
    private static final int BYTES_OF_A_REMEMBERED_LIMIT = 200;

    /** Empty where the environment is not that of such a deployment. @throws IllegalArgumentException naming a variable that is wrong */
    public static Optional<DropIn> of(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        boolean wanted = variables.text("GATEHOUSE_DROP_IN")
                .map(word -> onOrOff(word))
                .orElseGet(() -> SIGNS.stream().anyMatch(environment::containsKey));
        return wanted ? Optional.of(read(variables)) : Optional.empty();
    }

    /** The same in all replicas, without a Secret of their own: known to whoever knows the store's password. */
    public KeyedHash commonHash() {
        return KeyedHash.of(("envoyproxy/ratelimit in the place of " + redis.addresses() + " " + redis.password()).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean onOrOff(String word) {
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> throw Variables.wrong("GATEHOUSE_DROP_IN", "on or off");
        };
    }

    private static DropIn read(Variables variables) {
        return new DropIn(
                address(variables, "HOST", "PORT", 8080),
                address(variables, "GRPC_HOST", "GRPC_PORT", 8081),
                address(variables, "DEBUG_HOST", "DEBUG_PORT", 6070),
                serverTls(variables),
                source(variables),
                redis(variables, "REDIS_"),
                variables.flag("REDIS_PERSECOND", false) ? Optional.of(redis(variables, "REDIS_PERSECOND_")) : Optional.empty(),
                answers(variables),
                variables.flag("MERGE_DOMAIN_CONFIG", false),
                variables.flag("FORCE_START_WITHOUT_INITIAL_CONFIG", false),
                variables.flag("HEALTHY_WITH_AT_LEAST_ONE_CONFIG_LOADED", false),
                variables.text("LOG_LEVEL", "WARN"),
                variables.text("LOG_FORMAT", "text").equalsIgnoreCase("json"),
                prometheus(variables),
                ignored(variables));
    }

    private static Address address(Variables variables, String host, String port, int otherwise) {
        return new Address(variables.text(host, "0.0.0.0"), variables.number(port, otherwise));
    }

    private static Optional<ServerTls> serverTls(Variables variables) {
        if (!variables.flag("GRPC_SERVER_USE_TLS", false)) {
            return Optional.empty();
        }
        return Optional.of(new ServerTls(
                file(variables, "GRPC_SERVER_TLS_CERT").orElseThrow(() -> Variables.wrong("GRPC_SERVER_TLS_CERT", "a file")),
                file(variables, "GRPC_SERVER_TLS_KEY").orElseThrow(() -> Variables.wrong("GRPC_SERVER_TLS_KEY", "a file")),
                file(variables, "GRPC_CLIENT_TLS_CACERT")));
    }

    private static Source source(Variables variables) {
        return switch (variables.text("CONFIG_TYPE", "FILE")) {
            case "FILE" -> folder(variables);
            case "GRPC_XDS_SOTW" -> xds(variables);
            default -> throw Variables.wrong("CONFIG_TYPE", "FILE or GRPC_XDS_SOTW");
        };
    }

    private static Source folder(Variables variables) {
        Path folder = Path.of(variables.text("RUNTIME_ROOT", "/srv/runtime_data/current"))
                .resolve(variables.text("RUNTIME_SUBDIRECTORY", ""))
                .resolve(variables.text("RUNTIME_APPDIRECTORY", "config"));
        return new Source.Folder(folder, !variables.flag("RUNTIME_IGNOREDOTFILES", false));
    }

    private static Source xds(Variables variables) {
        return new Source.Xds(
                variables.text("CONFIG_GRPC_XDS_SERVER_URL", "localhost:18000"),
                variables.text("CONFIG_GRPC_XDS_NODE_ID", "default"),
                variables.pairs("CONFIG_GRPC_XDS_NODE_METADATA", '='),
                variables.pairs("CONFIG_GRPC_XDS_CLIENT_ADDITIONAL_HEADERS", ':'),
                variables.flag("CONFIG_GRPC_XDS_SERVER_USE_TLS", false) ? Optional.of(xdsTls(variables)) : Optional.empty(),
                variables.duration("CONFIG_GRPC_XDS_SERVER_CONNECT_RETRY_INTERVAL").orElse(Duration.ofSeconds(3)),
                variables.duration("XDS_CLIENT_BACKOFF_MAX_INTERVAL").orElse(Duration.ofSeconds(60)),
                variables.number("XDS_CLIENT_MAX_MSG_SIZE_IN_BYTES", 0));
    }

    private static XdsTls xdsTls(Variables variables) {
        return new XdsTls(
                file(variables, "CONFIG_GRPC_XDS_CLIENT_TLS_CERT"),
                file(variables, "CONFIG_GRPC_XDS_CLIENT_TLS_KEY"),
                file(variables, "CONFIG_GRPC_XDS_SERVER_TLS_CACERT"),
                variables.text("CONFIG_GRPC_XDS_SERVER_TLS_SAN"));
    }

    private static Redis redis(Variables variables, String prefix) {
        String type = variables.text(prefix + "TYPE", "single").toLowerCase(Locale.ROOT);
        List<String> urls = List.of(variables.text(prefix + "URL", "localhost:6379").split(","));
        boolean unix = !variables.text(prefix + "SOCKET_TYPE", "tcp").equals("tcp");
        if (unix) {
            throw Variables.wrong(prefix + "SOCKET_TYPE", "tcp: Unix sockets are not supported");
        }
        boolean sentinel = type.equals("sentinel");
        if (sentinel && urls.size() < 2) {
            throw Variables.wrong(prefix + "URL", "the master's name and at least one sentinel, with commas");
        }
        String[] auth = variables.text(prefix + "AUTH", "").split(":", 2);
        return new Redis(
                type,
                sentinel ? Optional.of(urls.getFirst()) : Optional.empty(),
                sentinel ? urls.subList(1, urls.size()) : urls,
                auth.length == 2 ? auth[0] : "default",
                auth[auth.length - 1],
                variables.flag(prefix + "TLS", false) ? Optional.of(redisTls(variables)) : Optional.empty(),
                variables.duration(prefix + "TIMEOUT").orElse(REDIS_DEADLINE));
    }

    private static RedisTls redisTls(Variables variables) {
        return new RedisTls(
                file(variables, "REDIS_TLS_CLIENT_CERT"),
                file(variables, "REDIS_TLS_CLIENT_KEY"),
                file(variables, "REDIS_TLS_CACERT"),
                !variables.flag("REDIS_TLS_SKIP_HOSTNAME_VERIFICATION", false));
    }

    private static Answers answers(Variables variables) {
        List<String> headers = List.of(
                variables.text("LIMIT_LIMIT_HEADER", "RateLimit-Limit"),
                variables.text("LIMIT_REMAINING_HEADER", "RateLimit-Remaining"),
                variables.text("LIMIT_RESET_HEADER", "RateLimit-Reset"));
        return new Answers(
                variables.flag("SHADOW_MODE", false) || variables.flag("GLOBAL_SHADOW_MODE", false),
                variables.flag("QUOTA_MODE", false),
                variables.flag("LIMIT_RESPONSE_HEADERS_ENABLED", false) ? Optional.of(headers) : Optional.empty(),
                variables.flag("RESPONSE_DYNAMIC_METADATA", false),
                variables.ratio("NEAR_LIMIT_RATIO", 0.8f),
                variables.flag("STOP_CACHE_KEY_INCREMENT_WHEN_OVERLIMIT", false),
                variables.text("CACHE_KEY_PREFIX", ""),
                variables.number("LOCAL_CACHE_SIZE_IN_BYTES", 0) / BYTES_OF_A_REMEMBERED_LIMIT);
    }

    private static Optional<Prometheus> prometheus(Variables variables) {
        if (!variables.flag("USE_PROMETHEUS", false)) {
            return Optional.empty();
        }
        String address = variables.text("PROMETHEUS_ADDR", ":9090");
        int colon = address.lastIndexOf(':');
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            String host = colon <= 0 ? "0.0.0.0" : address.substring(0, colon);
            return Optional.of(new Prometheus(host, port, variables.text("PROMETHEUS_PATH", "/metrics")));
        } catch (NumberFormatException e) {
            throw Variables.wrong("PROMETHEUS_ADDR", "host:port or :port");
        }
    }

    private static Optional<Path> file(Variables variables, String name) {
        return variables.text(name).map(Path::of);
    }

    private static Set<String> ignored(Variables variables) {
        Set<String> set = new TreeSet<>(WITHOUT_EFFECT);
        set.removeIf(name -> variables.text(name).isEmpty());
        if (variables.text("USE_STATSD").filter("false"::equalsIgnoreCase).isPresent()) {
            set.remove("USE_STATSD");
        }
        if (variables.text("BACKEND_TYPE").filter("redis"::equals).isPresent()) {
            set.remove("BACKEND_TYPE");
        }
        return set;
    }

}
