package dev.gatehouse.envoy.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys in PEM, as the programs around Kubernetes write them: PKCS#8, and what Envoy Gateway, cert-manager and OpenSSL write without
 * being asked: PKCS#1 (RFC 8017) for RSA and SEC 1 (RFC 5915) for EC. The JDK reads the first only, so the others are put into that form.
 */
public final class PrivateKeys {

    private static final Pattern PEM = Pattern.compile("-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xa0;

    private PrivateKeys() {}

    /**
     * The first private key of a file.
     *
     * @throws GeneralSecurityException where there is none, it is encrypted, or of another algorithm than RSA, EC and Ed25519
     */
    public static PrivateKey read(byte[] file) throws GeneralSecurityException {
        Matcher pem = PEM.matcher(new String(file, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new InvalidKeySpecException("no unencrypted private key in PEM");
        }
        byte[] key = Base64.getMimeDecoder().decode(pem.group(2));
        return decode(switch (pem.group(1)) {
            case "RSA " -> element(SEQUENCE, VERSION, RSA, element(OCTETS, key));
            case "EC " -> element(SEQUENCE, VERSION, element(SEQUENCE, EC, curve(key)), element(OCTETS, key));
            default -> key;
        });
    }

    private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
        GeneralSecurityException last = new InvalidKeySpecException();
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                last = e;
            }
        }
        throw last;
    }

    /** The name of the curve, which SEC 1 holds behind the key itself. */
    private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
        ByteBuffer key = ByteBuffer.wrap(sec1);
        try {
            enter(key);
            while (key.hasRemaining()) {
                int tag = key.get() & 0xff;
                byte[] content = new byte[length(key)];
                key.get(content);
                if (tag == PARAMETERS) {
                    return content;
                }
            }
        } catch (RuntimeException e) {
            throw new InvalidKeySpecException("not a key of SEC 1", e);
        }
        throw new InvalidKeySpecException("an EC key that does not name its curve");
    }

    private static void enter(ByteBuffer sequence) {
        sequence.get();
        length(sequence);
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int i = 0x80; i < first; i++) {
            length = length << 8 | der.get() & 0xff;
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteBuffer length = ByteBuffer.allocate(4).putInt(0, content.size());
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        element.write(0x84);
        element.writeBytes(length.array());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
