package dev.gatehouse.text.exfiltration;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hosts by name: {@code example.org}, or {@code *.example.org} for it and all below it. Immutable. */
public final class Hosts {

    private final Set<String> exact = new HashSet<>();
    private final Set<String> domains = new HashSet<>();

    private Hosts(List<String> names) {
        for (String name : names) {
            if (name.startsWith("*.")) {
                domains.add(Address.host(name.substring(2)));
            } else {
                exact.add(Address.host(name));
            }
        }
    }

    /** Host names in any case; internationalised ones as they are or in punycode. */
    public static Hosts of(List<String> names) {
        return new Hosts(names);
    }

    boolean isEmpty() {
        return exact.isEmpty() && domains.isEmpty();
    }

    boolean has(String host) {
        if (exact.contains(host)) {
            return true;
        }
        for (String domain = host; !domain.isEmpty(); domain = domain.substring(domain.indexOf('.') + 1)) {
            if (domains.contains(domain)) {
                return true;
            }
            if (domain.indexOf('.') < 0) {
                return false;
            }
        }
        return false;
    }
}
