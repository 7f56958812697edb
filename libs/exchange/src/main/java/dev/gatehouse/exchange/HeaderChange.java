package dev.gatehouse.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Header fields to overwrite (or add) and names to remove; removal comes first. Pseudo headers may be set, never removed. */
public record HeaderChange(List<Headers.Field> set, List<String> remove) {

    private static final HeaderChange NONE = new HeaderChange(List.of(), List.of());

    public HeaderChange {
        set = List.copyOf(set);
        remove = remove.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    public static HeaderChange none() {
        return NONE;
    }

    public HeaderChange setting(String name, String value) {
        List<Headers.Field> more = new ArrayList<>(set);
        more.add(new Headers.Field(name, value));
        return new HeaderChange(more, remove);
    }

    public HeaderChange removing(String name) {
        List<String> more = new ArrayList<>(remove);
        more.add(name);
        return new HeaderChange(set, more);
    }

    public boolean isEmpty() {
        return set.isEmpty() && remove.isEmpty();
    }
}
