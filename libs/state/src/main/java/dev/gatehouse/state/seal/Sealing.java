package dev.gatehouse.state.seal;

import dev.gatehouse.state.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over a value and the key under which it is kept: one that was moved to another place does not open. Sealed: a version (1
 * for one key for all, 2 for one of each tag), length of the key's id, the id, 12 random bytes, ciphertext with its tag. Thread-safe.
 */
public final class Sealing {

    /** Which key seals at a place. */
    private interface Derivation {
        SecretKey of(SecretKeySpec secret, Key place) throws GeneralSecurityException;
    }

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SealingKeys keys;
    private final byte version;
    private final Derivation derivation;
    private final SecureRandom random = new SecureRandom();

    private Sealing(SealingKeys keys, int version, Derivation derivation) {
        this.keys = keys;
        this.version = (byte) version;
        this.derivation = derivation;
    }

    /** The secret itself seals everything. */
    public static Sealing with(SealingKeys keys) {
        return new Sealing(keys, 1, (secret, place) -> secret);
    }

    /**
     * Each {@linkplain Key#tag() tag}, and so each tenant of each policy, has a key of its own, derived from the secret by HKDF-SHA-256: no
     * key seals more than what one tenant has.
     *
     * @param purpose what it is for; keys of two purposes have nothing in common
     */
    public static Sealing perTag(SealingKeys keys, String purpose) {
        return new Sealing(keys, 2, (secret, place) -> derived(secret, purpose + "\0" + place.tag()));
    }

    private static SecretKey derived(SecretKeySpec secret, String info) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256").deriveKey("AES",
                HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
    }

    /** @param place under which it will be kept */
    public byte[] seal(Key place, byte[] value) {
        byte[] id = keys.currentId();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, keys.current(), nonce, place, ByteBuffer.wrap(value)).orElseThrow();
        return ByteBuffer.allocate(2 + id.length + NONCE_BYTES + sealed.length)
                .put(version).put((byte) id.length).put(id).put(nonce).put(sealed).array();
    }

    /** Empty for what another key, version or place has sealed, and for what was changed. */
    public Optional<byte[]> open(Key place, byte[] sealed) {
        ByteBuffer in = ByteBuffer.wrap(sealed);
        if (in.remaining() < 2 || in.get() != version) {
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

    private Optional<byte[]> run(int mode, SecretKeySpec secret, byte[] nonce, Key place, ByteBuffer in) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, derivation.of(secret, place), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.text().getBytes(StandardCharsets.UTF_8));
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
