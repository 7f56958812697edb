package dev.gatehouse.text.secret;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;

/**
 * One kind of token.
 *
 * @param id          stable, kebab-case; the category of its findings
 * @param description what the token is, for people
 * @param kind        what a finding means
 * @param anchor      the keywords that must occur, and how they stand to the value
 * @param value       RE2 pattern; each capturing group that took part is a secret, without groups the whole match is
 * @param needs       a text that the match must hold too, or empty
 * @param reach       how many characters a match may span at most
 * @param entropy     least Shannon entropy of a secret, in bits per character
 * @param score       confidence of a finding, 0 to 1
 * @param checks      further tests of the value
 */
public record SecretRule(String id, String description, Kind kind, Anchor anchor, Pattern value, String needs, int reach,
                         double entropy, double score, Set<TokenCheck> checks) {

    /** What a finding of a rule means. */
    public enum Kind {
        /** a secret of a known provider or format */
        PROVIDER,
        /** a secret whose issuer is not known */
        GENERIC,
        /** names an account, client or tenant: sensitive beside a secret, no secret alone */
        IDENTIFIER
    }

    public SecretRule {
        checks = Set.copyOf(checks);
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("rule id is not kebab-case: " + id);
        }
        if (anchor.keywords().isEmpty()) {
            throw new IllegalArgumentException("rule without keywords: " + id);
        }
    }

    public List<String> keywords() {
        return anchor.keywords();
    }
}
