package dev.gatehouse.cache.verify.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Units and currencies, however they are written: five kilometres are no five miles. */
final class Units {

    // One unit a line's part, its names between commas; stemmed when read.
    private static final String NAMES = "dollar usd, euro eur, pound gbp quid lb, yen jpy, franc chf, rupee inr, yuan cny renminbi, rouble ruble rub, won krw, peso mxn, "
            + "krona krone sek nok dkk, zloty pln, lira try, real brl, rand zar, aud, cad, nzd, sgd, hkd, "
            + "km kilometer kilometre kilometers kilometres, mile mi, meter metre meters metres, foot feet ft, inch inches, cm centimeter centimetre, mm millimeter millimetre, yard yd, "
            + "kg kilogram kilo, ounce oz, gram, mg milligram, tonne ton, celsius centigrade, fahrenheit, kelvin, "
            + "liter litre, gallon, pint, quart, cup, ml milliliter millilitre, tablespoon tbsp, teaspoon tsp, "
            + "minute minutes, hour, day, week, month, year, decade, century centuries, kb kilobyte, mb megabyte, gb gigabyte, tb terabyte, acre, hectare, kph kmh, mph, joule, calorie, watt, volt, amp";
    private static final Map<String, String> UNITS = read();

    private Units() {}

    private static Map<String, String> read() {
        Map<String, String> units = new HashMap<>();
        for (String unit : NAMES.split(", ")) {
            String[] names = unit.split(" ");
            for (String name : names) {
                units.put(Stems.of(name), names[0]);
            }
        }
        return units;
    }

    /** Whether the units of one are all among those of the other: what one does not say is no difference. */
    static boolean agree(List<Word> one, List<Word> other) {
        Set<String> left = of(one);
        Set<String> right = of(other);
        return left.containsAll(right) || right.containsAll(left);
    }

    private static Set<String> of(List<Word> words) {
        Set<String> found = new HashSet<>();
        for (Word word : words) {
            String unit = UNITS.get(word.stem());
            if (unit != null) {
                found.add(unit);
            }
        }
        return found;
    }
}
