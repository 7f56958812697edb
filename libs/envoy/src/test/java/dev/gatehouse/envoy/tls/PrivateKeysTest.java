package dev.gatehouse.envoy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same keys, of the tests only, in the forms in which OpenSSL writes them. */
class PrivateKeysTest {

    @ParameterizedTest
    @CsvSource({"rsa-pkcs1.pem, rsa-pkcs8.pem, RSA", "ec-sec1.pem, ec-pkcs8.pem, EC"})
    void aKeyIsTheSameInEveryForm(String older, String newer, String algorithm) throws Exception {
        assertThat(secret(PrivateKeys.read(file(older)))).isEqualTo(secret(PrivateKeys.read(file(newer))));
        assertThat(PrivateKeys.read(file(older)).getAlgorithm()).isEqualTo(algorithm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", "-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----\n",
        "-----BEGIN EC PRIVATE KEY-----\nMAMCAQE=\n-----END EC PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
    void whatIsNoKeyIsRefused(String text) {
        assertThatThrownBy(() -> PrivateKeys.read(text.getBytes(StandardCharsets.US_ASCII))).isInstanceOf(InvalidKeySpecException.class);
    }

    @Test
    void aCutKeyIsRefused() throws Exception {
        String text = new String(file("ec-sec1.pem"), StandardCharsets.US_ASCII);
        String cut = text.replaceFirst("(?s)(BEGIN EC PRIVATE KEY-----\n.{40}).*(\n-----END EC)", "$1$2");
        assertThatThrownBy(() -> PrivateKeys.read(cut.getBytes(StandardCharsets.US_ASCII))).isInstanceOf(InvalidKeySpecException.class);
    }

    private static BigInteger secret(PrivateKey key) {
        return switch (key) {
            case RSAPrivateKey rsa -> rsa.getPrivateExponent();
            case ECPrivateKey ec -> ec.getS();
            default -> throw new IllegalArgumentException(key.getAlgorithm());
        };
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream file = PrivateKeysTest.class.getResourceAsStream(name)) {
            return file.readAllBytes();
        }
    }
}
