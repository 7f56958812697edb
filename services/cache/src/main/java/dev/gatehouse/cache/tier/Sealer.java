package dev.gatehouse.cache.tier;

import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.seal.Sealing;
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

    /** Seals with a key of each tenant; what a key that is gone has sealed is as if it were not there. */
    static Sealer of(Sealing sealing) {
        return new Sealer() {
            @Override
            public byte[] seal(String place, byte[] plain) {
                return sealing.seal(key(place), plain);
            }

            @Override
            public Optional<byte[]> open(String place, byte[] sealed) {
                return sealing.open(key(place), sealed);
            }

            private static Key key(String place) {
                return Keys.parse(place).orElseThrow();
            }
        };
    }
}
