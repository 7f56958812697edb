package dev.gatehouse.testbed.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The key that signs service accounts' tokens, the administrator's token, and trust in the certificate that the server makes itself. */
final class Credentials {

    private final Path folder;
    private final String adminToken = UUID.randomUUID().toString();

    Credentials(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        Files.writeString(tokens(), adminToken + ",admin,admin,\"system:masters\"\n");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        Files.writeString(signingKey(), "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    }

    String adminToken() {
        return adminToken;
    }

    Path tokens() {
        return folder.resolve("tokens.csv");
    }

    Path signingKey() {
        return folder.resolve("service-accounts.key");
    }

    /** Where the server puts certificate and key. */
    Path certificates() {
        return folder.resolve("certificates");
    }

    /** There once the server has begun to listen. */
    Path certificate() {
        return certificates().resolve("apiserver.crt");
    }

    SSLContext trust() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream file = Files.newInputStream(certificate())) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry("certificate-" + trusted.size(), each);
            }
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
