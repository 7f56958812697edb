package dev.gatehouse.text.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An ordered set of rules with unique ids. Immutable. */
public record RulePack(List<SecretRule> rules) {

    private static final List<String> STANDARD = List.of("cloud", "source-hosts", "ci", "packages", "payment", "messaging", "ai",
            "observability", "saas", "data-services", "web-apis", "business-apis", "keys-and-hashes", "credentials");

    public RulePack {
        rules = List.copyOf(rules);
        Set<String> ids = new HashSet<>();
        for (SecretRule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("two rules are called " + rule.id());
            }
        }
    }

    /** The pack that comes with Gatehouse. */
    public static RulePack standard() {
        List<SecretRule> rules = new ArrayList<>();
        STANDARD.forEach(name -> rules.addAll(resource("rules/" + name + ".rules")));
        return new RulePack(rules);
    }

    /**
     * A pack of the user's.
     *
     * @param name   of the source, for messages
     * @param source rule lines; not closed
     * @throws IllegalArgumentException naming the source's line that does not read
     */
    public static RulePack read(String name, Reader source) throws IOException {
        return new RulePack(RulePackReader.read(name, source));
    }

    /** This pack's rules, then the other's. */
    public RulePack and(RulePack other) {
        List<SecretRule> all = new ArrayList<>(rules);
        all.addAll(other.rules);
        return new RulePack(all);
    }

    private static List<SecretRule> resource(String name) {
        try (InputStream in = RulePack.class.getResourceAsStream(name)) {
            return RulePackReader.read(name, new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
