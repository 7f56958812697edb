package dev.gatehouse.testbed;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.UUID;

/** A self-signed certificate and its key in PEM, made by the JDK's keytool; it is its own authority, whose name no other has. */
public record TestCertificate(Path certificate, Path key) {

    private static final char[] PASSWORD = "of the tests only".toCharArray();

    /** @param host as keytool's {@code -ext san=} reads it, e.g. {@code ip:127.0.0.1} */
    public static TestCertificate of(Path folder, String host) throws Exception {
        Path store = Files.createTempDirectory(folder, "keytool").resolve("store.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server",
                "-keyalg", "EC", "-dname", "CN=" + UUID.randomUUID(), "-ext", "san=" + host, "-ext", "bc:c", "-validity", "2", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", new String(PASSWORD)).inheritIO().start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(store)) {
            keys.load(input, PASSWORD);
        }
        return new TestCertificate(pem(folder.resolve("server.crt"), "CERTIFICATE", keys.getCertificate("server").getEncoded()),
                pem(folder.resolve("server.key"), "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
    }

    private static Path pem(Path file, String what, byte[] bytes) throws Exception {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
