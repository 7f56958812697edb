package dev.gatehouse.guard.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over a value and the place where it is kept: one that was moved to another place does not open. Sealed: version 1, length
 * of the key's id, the id, 12 random bytes, ciphertext with its tag.
 */
final class Sealing {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final VaultKeys keys;
    private final SecureRandom random = new SecureRandom();

    Sealing(VaultKeys keys) {
        this.keys = keys;
    }

    byte[] seal(String place, byte[] value) {
        byte[] id = keys.currentId();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, keys.current(), nonce, place, ByteBuffer.wrap(value)).orElseThrow();
        return ByteBuffer.allocate(2 + id.length + NONCE_BYTES + sealed.length)
                .put(VERSION).put((byte) id.length).put(id).put(nonce).put(sealed).array();
    }

    /** Empty for what another key, version or place has sealed, and for what was changed. */
    Optional<byte[]> open(String place, byte[] sealed) {
        ByteBuffer in = ByteBuffer.wrap(sealed);
        if (in.remaining() < 2 || in.get() != VERSION) {
            return Optional.empty();
        }
        byte[] id = new byte[in.get() & 0xff];
        byte[] nonce = new byte[NONCE_BYTES];
        if (in.remaining() < id.length + NONCE_BYTES) {
            return Optional.empty();
        }
        in.get(id).get(nonce);
        return keys.byId(id).flatMap(key -> run(Cipher.DECRYPT_MODE, key, nonce, place, in));
    }

    private static Optional<byte[]> run(int mode, SecretKeySpec key, byte[] nonce, String place, ByteBuffer in) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            ByteBuffer out = ByteBuffer.allocate(cipher.getOutputSize(in.remaining()));
            cipher.doFinal(in, out);
            byte[] bytes = new byte[out.position()];
            out.flip().get(bytes);
            return Optional.of(bytes);
        } catch (GeneralSecurityException doesNotOpen) {
            return Optional.empty();
        }
    }
}
