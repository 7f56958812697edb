package dev.gatehouse.guard.unmask;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.gatehouse.exchange.PlaceholderSpelling;
import dev.gatehouse.exchange.PlaceholderSpelling.Escaping;
import dev.gatehouse.exchange.PlaceholderSpelling.Reading;
import dev.gatehouse.exchange.Placeholders;
import dev.gatehouse.llm.answer.StrandEditor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Puts values back into one text of an answer. It holds text only from where one of this exchange's own placeholders may have begun,
 * so plain text passes at once. A value is escaped as the placeholder's bracket was.
 */
final class Restorer implements StrandEditor {

    private final Placeholders own;
    private final Runnable restored;
    private String held = "";

    /** @param restored run for each placeholder that was put back */
    Restorer(Placeholders own, Runnable restored) {
        this.own = own;
        this.restored = restored;
    }

    @Override
    public String feed(String delta) {
        return held.isEmpty() && nothingStarts(delta) ? delta : restore(held + delta, false);
    }

    @Override
    public String end() {
        return restore(held, true);
    }

    private static boolean nothingStarts(String text) {
        return text.chars().noneMatch(c -> PlaceholderSpelling.mayStart((char) c));
    }

    private String restore(String text, boolean last) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            Reading reading = PlaceholderSpelling.mayStart(text.charAt(at))
                    ? PlaceholderSpelling.read(text, at, last, own::hasKeyWithPrefix) : new Reading.None();
            if (reading instanceof Reading.Open) {
                break;
            }
            at = take(text, at, reading, out);
        }
        held = text.substring(at);
        return out.toString();
    }

    private int take(String text, int at, Reading reading, StringBuilder out) {
        if (reading instanceof Reading.Found found && own.originalOfKey(found.key()).isPresent()) {
            out.append(escaped(own.originalOfKey(found.key()).get(), found.escaping()));
            restored.run();
            return found.end();
        }
        out.append(text.charAt(at));
        return at + 1;
    }

    private static String escaped(String value, Escaping escaping) {
        return switch (escaping) {
            case NONE -> value;
            case HTML -> value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
            case PERCENT -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
            case JSON -> String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value));
        };
    }
}
