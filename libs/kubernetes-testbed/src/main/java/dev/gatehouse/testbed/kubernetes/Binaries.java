package dev.gatehouse.testbed.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The programs and files that {@code ./gatehouse test --setup} gets, by the variables that it hands over.
 */
public final class Binaries {

    private Binaries() {}

    public static Path etcd() {
        return named("GATEHOUSE_ETCD");
    }

    public static Path apiServer() {
        return named("GATEHOUSE_KUBE_APISERVER");
    }

    public static Path kubectl() {
        return named("GATEHOUSE_KUBECTL");
    }

    public static Path helm() {
        return named("GATEHOUSE_HELM");
    }

    public static Path kubeconform() {
        return named("GATEHOUSE_KUBECONFORM");
    }

    public static Path envoyGateway() {
        return named("GATEHOUSE_ENVOY_GATEWAY");
    }

    /** Istio's control plane, {@code pilot-discovery}. */
    public static Path istiod() {
        return named("GATEHOUSE_ISTIOD");
    }

    /** File with all CRDs of Istio. */
    public static Path istioCrds() {
        return named("GATEHOUSE_ISTIO_CRDS").resolve("crd-all.gen.yaml");
    }

    /** Folder with {@code standard} and {@code experimental}, a file for each CRD. */
    public static Path gatewayApiCrds() {
        return named("GATEHOUSE_GATEWAY_API_CRDS");
    }

    /** Folder with a file for each CRD of Envoy Gateway's own. */
    public static Path envoyGatewayCrds() {
        return named("GATEHOUSE_ENVOY_GATEWAY_CRDS");
    }

    /** Folder with a file for each CRD of the inference extension: InferencePool, InferencePoolImport and others. */
    public static Path inferenceCrds() {
        return named("GATEHOUSE_INFERENCE_CRDS");
    }

    /** Folder with a file for each CRD of multi-cluster Services: ServiceImport, ServiceExport. */
    public static Path multiClusterCrds() {
        return named("GATEHOUSE_MCS_CRDS");
    }

    /** Folder with a file for each CRD of the Prometheus operator. */
    public static Path prometheusCrds() {
        return named("GATEHOUSE_PROMETHEUS_CRDS");
    }

    /** Folder with a file for each CRD of cert-manager. */
    public static Path certManagerCrds() {
        return named("GATEHOUSE_CERT_MANAGER_CRDS");
    }

    /** Skips the test where the variable is not set. */
    private static Path named(String variable) {
        Optional<String> value = Optional.ofNullable(System.getenv(variable)).filter(text -> !text.isBlank());
        assumeTrue(value.isPresent(), variable + " is not set; ./gatehouse test --setup gets what it names");
        return Path.of(value.orElseThrow());
    }
}
