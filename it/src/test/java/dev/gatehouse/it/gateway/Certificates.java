package dev.gatehouse.it.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.testbed.TestCertificate;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates of a namespace's Services: a Secret {@code SERVICE-tls} for each, and a ConfigMap {@code authorities} that says whom a
 * gateway may believe.
 */
record Certificates(KubernetesApi api, String namespace, Path home) {

    static final String AUTHORITIES = "authorities";

    /** A new one, of an authority of its own. */
    TestCertificate make(String service) throws Exception {
        return TestCertificate.of(Files.createTempDirectory(home, service), "dns:" + service + "." + namespace + ".svc");
    }

    void give(String service, TestCertificate certificate) throws IOException {
        ObjectNode secret = object("Secret", service + "-tls");
        secret.putObject("data").put("tls.crt", Files.readAllBytes(certificate.certificate())).put("tls.key", Files.readAllBytes(certificate.key()));
        api.tryApply(secret, "").orThrow();
    }

    void believe(TestCertificate... certificates) throws IOException {
        StringBuilder all = new StringBuilder();
        for (TestCertificate certificate : certificates) {
            all.append(Files.readString(certificate.certificate()));
        }
        ObjectNode map = object("ConfigMap", AUTHORITIES);
        map.putObject("data").put("ca.crt", all.toString());
        api.tryApply(map, "").orThrow();
    }

    private ObjectNode object(String kind, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", kind);
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        return object;
    }

    /** Whether a new connection to that port of this machine is shown this certificate. */
    static boolean isShown(int port, TestCertificate certificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0].equals(read(certificate));
        }
    }

    private static X509Certificate read(TestCertificate certificate) throws IOException, GeneralSecurityException {
        try (var file = Files.newInputStream(certificate.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    /** Whoever it is: it is looked at afterwards. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
