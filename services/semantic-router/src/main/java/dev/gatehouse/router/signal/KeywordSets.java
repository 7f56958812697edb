package dev.gatehouse.router.signal;

import com.google.re2j.Pattern;
import dev.gatehouse.policy.routing.Keywords;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keyword sets of a policy, each one pattern. Immutable. */
public final class KeywordSets {

    private final Map<String, Pattern> patterns = new TreeMap<>();

    public KeywordSets(List<Keywords> sets) {
        sets.forEach(set -> patterns.put(set.name(), pattern(set)));
    }

    /** Whether each is in the text. */
    public Map<String, Object> in(String text) {
        Map<String, Object> found = new TreeMap<>();
        patterns.forEach((name, pattern) -> found.put(name, pattern.matcher(text).find()));
        return found;
    }

    private static Pattern pattern(Keywords set) {
        StringBuilder any = new StringBuilder();
        set.words().forEach(word -> append(any, "(?:^|[^\\pL\\pN])" + Pattern.quote(word.strip()) + "(?:[^\\pL\\pN]|$)"));
        set.patterns().forEach(pattern -> append(any, "(?:" + pattern + ")"));
        return Pattern.compile(any.toString(), Pattern.CASE_INSENSITIVE);
    }

    private static void append(StringBuilder any, String one) {
        any.append(any.isEmpty() ? "" : "|").append(one);
    }
}
