package dev.gatehouse.testbed.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KubernetesApiTest {

    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: %s, namespace: testbed}
            spec: {hostnames: ["%s"]}
            """;

    private static KubernetesApi api;

    @BeforeAll
    static void start() {
        api = KubernetesApi.start();
        api.namespace("testbed");
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
    }

    @Test
    void itKnowsTheKindsOfGatewayApiAndRefusesWhatTheirSchemasRefuse() {
        api.apply(ROUTE.formatted("chat", "chat.example.com"));
        assertThat(api.admin().get("/apis/gateway.networking.k8s.io/v1/namespaces/testbed/httproutes/chat").body().at("/spec/hostnames/0").asText())
                .isEqualTo("chat.example.com");
        JsonNode wrong = Yaml.documents(ROUTE.formatted("wrong", "not a host")).getFirst();
        assertThat(api.tryApply(wrong, "?dryRun=All").message()).contains("spec.hostnames[0]");
    }

    @Test
    void aServiceAccountMayOnlyDoWhatItIsAllowed() {
        Api account = api.as(api.serviceAccount("testbed", "reader"));
        assertThat(account.get("/api/v1/namespaces/testbed/secrets").status()).isEqualTo(403);
        assertThat(api.admin().get("/api/v1/namespaces/testbed/secrets").status()).isEqualTo(200);
        assertThat(api.asked("testbed", "reader")).containsExactly(new Asked("list", "", "secrets", "testbed", "", 403));
    }

    @Test
    void afterAnOutageItIsBackAtTheSameAddressWithWhatItHad() {
        api.apply(ROUTE.formatted("kept", "kept.example.com"));
        api.crash();
        assertThatThrownBy(() -> api.admin().get("/readyz")).isInstanceOf(UncheckedIOException.class);
        api.restart();
        assertThat(api.admin().get("/apis/gateway.networking.k8s.io/v1/namespaces/testbed/httproutes/kept").status()).isEqualTo(200);
    }
}
