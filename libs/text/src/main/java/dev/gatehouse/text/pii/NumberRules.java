package dev.gatehouse.text.pii;

import static dev.gatehouse.text.pii.NumberRule.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The rules for numbers of digits only, by how many digits there are. */
final class NumberRules {

    /** The most digits a rule asks for. */
    static final int LONGEST = 19;
    /** The fewest digits a rule asks for. */
    static final int SHORTEST = 8;

    private static final Set<Long> NONE = Set.of();

    private final List<List<NumberRule>> byDigits = new ArrayList<>();

    /** The rules of the entities wanted. */
    NumberRules(Set<Entity> entities) {
        for (int digits = 0; digits <= LONGEST; digits++) {
            byDigits.add(new ArrayList<>());
        }
        all().stream().filter(rule -> entities.contains(rule.entity())).forEach(rule -> byDigits.get(rule.digits()).add(rule));
    }

    List<NumberRule> of(int digits) {
        return byDigits.get(digits);
    }

    private static List<NumberRule> all() {
        List<NumberRule> rules = new ArrayList<>(nationalIds());
        for (int digits = 12; digits <= LONGEST; digits++) {
            rules.add(card(digits));
        }
        return rules;
    }

    private static List<NumberRule> nationalIds() {
        return List.of(
            rule(Entity.US_SSN, 9, Set.of(layout(3, 2, 4)), Checksums::ssn, 0.2, 0.7),
            rule(Entity.US_ITIN, 9, Set.of(layout(3, 2, 4)), Checksums::itin, 0.2, 0.7),
            rule(Entity.CA_SIN, 9, Set.of(layout(3, 3, 3)), Checksums::sin, 0.2, 0.3),
            rule(Entity.AU_TFN, 9, Set.of(layout(3, 3, 3)), Checksums::tfn, 0.2, 0.3),
            rule(Entity.AU_TFN, 8, Set.of(layout(3, 3, 2), layout(2, 3, 3)), Checksums::tfn, 0.2, 0.3),
            rule(Entity.AU_ABN, 11, Set.of(layout(2, 3, 3, 3)), Checksums::abn, 0.35, 0.6),
            rule(Entity.UK_NHS, 10, Set.of(layout(3, 3, 4)), Checksums::nhs, 0.2, 0.3),
            rule(Entity.IN_AADHAAR, 12, Set.of(layout(4, 4, 4)), Checksums::aadhaar, 0.35, 0.65),
            rule(Entity.DE_TAX_ID, 11, Set.of(layout(2, 3, 3, 3), layout(2, 9)), Checksums::germanTaxId, 0.3, 0.4),
            rule(Entity.PL_PESEL, 11, Set.of(layout(6, 5)), Checksums::pesel, 0.4, 0.4),
            rule(Entity.NL_BSN, 9, Set.of(layout(4, 2, 3), layout(3, 3, 3), layout(4, 5)), Checksums::bsn, 0.2, 0.3),
            rule(Entity.BR_CPF, 11, Set.of(layout(3, 3, 3, 2), layout(9, 2)), Checksums::cpf, 0.4, 0.9),
            rule(Entity.BR_CNPJ, 14, Set.of(layout(2, 3, 3, 4, 2), layout(8, 4, 2), layout(12, 2)), Checksums::cnpj, 0.5, 0.95));
    }

    private static NumberRule card(int digits) {
        Set<Long> layouts = switch (digits) {
            case 12 -> Set.of(layout(4, 4, 4), layout(4, 8));
            case 13 -> Set.of(layout(4, 4, 5), layout(4, 3, 3, 3));
            case 14 -> Set.of(layout(4, 6, 4), layout(4, 4, 4, 2));
            case 15 -> Set.of(layout(4, 6, 5), layout(4, 4, 4, 3));
            case 16 -> Set.of(layout(4, 4, 4, 4), layout(8, 8));
            case 18 -> Set.of(layout(4, 4, 4, 4, 2));
            case 19 -> Set.of(layout(4, 4, 4, 4, 3), layout(6, 13));
            default -> NONE;
        };
        return new NumberRule(Entity.CREDIT_CARD, digits, layouts, Card::checked, Card::issued, digits == 16 ? 0.7 : 0.5, 0.9);
    }

    private static NumberRule rule(Entity entity, int digits, Set<Long> layouts, Predicate<String> check, double bare, double grouped) {
        return new NumberRule(entity, digits, layouts, check, _ -> true, bare, grouped);
    }
}
