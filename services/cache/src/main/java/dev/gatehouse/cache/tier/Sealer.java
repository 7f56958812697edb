package dev.gatehouse.cache.tier;

import java.util.Optional;

/** Seals what is kept, if it shall be. */
public interface Sealer {

    /** Keeps everything as it is. */
    Sealer NONE = new Sealer() {
        @Override
        public byte[] seal(String place, byte[] plain) {
            return plain;
        }

        @Override
        public Optional<byte[]> open(String place, byte[] sealed) {
            return Optional.of(sealed);
        }
    };

    /** @param place the key under which it is kept: nothing opens elsewhere */
    byte[] seal(String place, byte[] plain);

    /** Empty for what cannot be opened: another key, another place, damage. */
    Optional<byte[]> open(String place, byte[] sealed);
}
