package dev.gatehouse.envoy.extauthz;

import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Headers;
import java.util.List;

/** The header fields that an allowing answer takes away. Envoy removes after it has set: a field that is set anew is not listed. */
final class RemovedNames {

    private RemovedNames() {}

    static List<String> of(HeaderChange change) {
        List<String> set = change.set().stream().map(Headers.Field::name).toList();
        return change.remove().stream().filter(name -> set.stream().noneMatch(name::equalsIgnoreCase)).toList();
    }
}
