package dev.gatehouse.ratelimit.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken over of a deployment's environment variables. */
class DropInTest {

    @Test
    void anEnvironmentWithoutItsVariablesIsNoDropIn() {
        assertThat(DropIn.of(Map.of("GATEHOUSE_GRPC_PORT", "9001", "PORT", "80"))).isEmpty();
        assertThat(DropIn.of(Map.of("RUNTIME_ROOT", "/r", "GATEHOUSE_DROP_IN", "off"))).isEmpty();
        assertThat(DropIn.of(Map.of("GATEHOUSE_DROP_IN", "on"))).isPresent();
    }

    @Test
    void aFolderDeploymentHasItsPortsAndItsFolder() {
        DropIn dropIn = of("REDIS_URL", "cache:6379", "RUNTIME_ROOT", "/data", "RUNTIME_SUBDIRECTORY", "ratelimit");
        assertThat(List.of(dropIn.http().port(), dropIn.grpc().port(), dropIn.debug().port())).containsExactly(8080, 8081, 6070);
        assertThat(dropIn.source()).isEqualTo(new DropIn.Source.Folder(Path.of("/data/ratelimit/config"), true));
        assertThat(dropIn.redis().addresses()).containsExactly("cache:6379");
        assertThat(dropIn.redis().type()).isEqualTo("single");
        assertThat(dropIn.ignored()).isEmpty();
        assertThat(new DropInConfig(Map.of("RUNTIME_ROOT", "/data")).getValue("gatehouse.grpc-port")).isEqualTo("8081");
    }

    @Test
    void envoyGatewaysDeploymentIsFedOverTls() {
        DropIn dropIn = of(
                "CONFIG_TYPE", "GRPC_XDS_SOTW", "CONFIG_GRPC_XDS_SERVER_URL", "envoy-gateway:18001", "CONFIG_GRPC_XDS_NODE_ID", "envoy-ratelimit",
                "CONFIG_GRPC_XDS_SERVER_USE_TLS", "true", "CONFIG_GRPC_XDS_CLIENT_TLS_CERT", "/certs/tls.crt", "CONFIG_GRPC_XDS_CLIENT_TLS_KEY", "/certs/tls.key",
                "CONFIG_GRPC_XDS_SERVER_TLS_CACERT", "/certs/ca.crt", "CONFIG_GRPC_XDS_SERVER_TLS_SAN", "envoy-gateway",
                "FORCE_START_WITHOUT_INITIAL_CONFIG", "true", "GRPC_SERVER_USE_TLS", "true", "GRPC_SERVER_TLS_CERT", "/certs/tls.crt",
                "GRPC_SERVER_TLS_KEY", "/certs/tls.key", "GRPC_CLIENT_TLS_CACERT", "/certs/ca.crt", "REDIS_URL", "redis:6379",
                "USE_PROMETHEUS", "true", "PROMETHEUS_ADDR", ":19001", "CONFIG_GRPC_XDS_NODE_METADATA", "a=b,c=d", "LOG_FORMAT", "json");
        DropIn.Source.Xds xds = (DropIn.Source.Xds) dropIn.source();
        assertThat(xds.server()).isEqualTo("envoy-gateway:18001");
        assertThat(xds.nodeId()).isEqualTo("envoy-ratelimit");
        assertThat(xds.metadata()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "b", "c", "d"));
        assertThat(xds.tls().orElseThrow().serverName()).contains("envoy-gateway");
        assertThat(dropIn.startWithoutConfiguration()).isTrue();
        assertThat(dropIn.grpcTls().orElseThrow().clientCa()).contains(Path.of("/certs/ca.crt"));
        assertThat(dropIn.prometheus().orElseThrow()).isEqualTo(new DropIn.Prometheus("0.0.0.0", 19001, "/metrics"));
        assertThat(dropIn.logJson()).isTrue();
    }

    @Test
    void redisIsReachedAsSentinelsOrClusterWithPasswordAndTls() {
        DropIn.Redis sentinel = of("REDIS_TYPE", "SENTINEL", "REDIS_URL", "main,s1:26379,s2:26379", "REDIS_AUTH", "user:se:cret", "REDIS_TLS", "true",
                "REDIS_TLS_CACERT", "/ca", "REDIS_TLS_SKIP_HOSTNAME_VERIFICATION", "true", "REDIS_TIMEOUT", "250ms").redis();
        assertThat(sentinel.masterName()).contains("main");
        assertThat(sentinel.addresses()).containsExactly("s1:26379", "s2:26379");
        assertThat(sentinel.user()).isEqualTo("user");
        assertThat(sentinel.password()).isEqualTo("se:cret");
        assertThat(sentinel.tls().orElseThrow().verifyHost()).isFalse();
        assertThat(sentinel.deadline()).isEqualTo(Duration.ofMillis(250));
        assertThat(sentinel.toString()).doesNotContain("cret");
        DropIn two = of("REDIS_URL", "a:1", "REDIS_AUTH", "pw", "REDIS_PERSECOND", "true", "REDIS_PERSECOND_URL", "b:2,c:3", "REDIS_PERSECOND_TYPE", "cluster",
                "REDIS_PERSECOND_SOCKET_TYPE", "tcp");
        assertThat(two.redis().password()).isEqualTo("pw");
        assertThat(two.perSecond().orElseThrow().addresses()).containsExactly("b:2", "c:3");
    }

    @Test
    void variablesWithoutEffectAreNamed() {
        assertThat(of("STATSD_HOST", "statsd", "REDIS_POOL_SIZE", "20", "USE_STATSD", "true", "MEMCACHE_HOST_PORT", "").ignored())
                .containsExactly("REDIS_POOL_SIZE", "STATSD_HOST", "USE_STATSD");
        assertThat(of("USE_STATSD", "false", "BACKEND_TYPE", "redis").ignored()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, http", "CONFIG_TYPE, MAGIC", "REDIS_TIMEOUT, soon", "NEAR_LIMIT_RATIO, most", "SHADOW_MODE, maybe", "REDIS_SOCKET_TYPE, unix",
        "GATEHOUSE_DROP_IN, yes", "PROMETHEUS_ADDR, everywhere"
    })
    void aWrongVariableIsNamedAndItsValueIsNot(String name, String value) {
        Map<String, String> environment = new HashMap<>(Map.of("RUNTIME_ROOT", "/r", "USE_PROMETHEUS", "true"));
        environment.put(name, value);
        assertThatThrownBy(() -> DropIn.of(environment)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(name + " must be");
    }

    @ParameterizedTest
    @CsvSource({"1m30s, PT1M30S", "250ms, PT0.25S", "1.5h, PT1H30M", "0, PT0S", "150us, PT0.00015S"})
    void durationsAreReadAsGoWritesThem(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @CsvSource({"5", "s", "1x", "1.2.3s", "-1s"})
    void whatIsNoDurationIsNone(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    private static DropIn of(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("REDIS_SOCKET_TYPE", "tcp"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return DropIn.of(environment).orElseThrow();
    }
}
