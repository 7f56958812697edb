package dev.gatehouse.cache.compile;

import dev.gatehouse.text.keyword.KeywordAutomaton;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells prompts whose right answer changes with time, by words and phrases that point at the present. One pass over the text, whatever the
 * number of words. Immutable.
 */
public final class TimeWords {

    private static final List<String> STANDARD = List.of(
            "today", "today's", "tonight", "tonight's", "yesterday", "yesterday's", "tomorrow", "tomorrow's", "nowadays", "these days", "right now",
            "just now", "as of now", "by now", "until now", "up to now", "at the moment", "at this moment", "at present", "presently", "currently",
            "this instant", "this minute", "this hour", "this morning", "this afternoon", "this evening", "this week", "this weekend", "this month",
            "this quarter", "this year", "this season", "last night", "last week", "last weekend", "last month", "last year", "next week", "next month",
            "next year", "latest", "most recent", "newest", "up to date", "up-to-date", "so far", "breaking news", "in the news", "recent news",
            "news about", "what time is it", "what's the time", "what is the time", "current time", "current date", "current year", "current month",
            "current weather", "current temperature", "current price", "current rate", "current exchange rate", "current version", "current status",
            "current score", "current news", "current events", "current president", "current prime minister", "current ceo", "current champion",
            "weather forecast", "live score", "stock price", "days until", "days left", "how long until", "is it open now",
            "heute", "gestern", "morgen fr\u00fch", "derzeit", "zurzeit", "aktuell", "aktuelle", "aktuellen", "gerade jetzt", "diese woche", "dieses jahr", "neueste",
            "neuesten", "aujourd'hui", "hier soir", "demain", "actuellement", "en ce moment", "cette semaine", "cette ann\u00e9e", "dernier cri", "derni\u00e8res nouvelles",
            "hoy", "ayer", "ahora mismo", "actualmente", "esta semana", "este a\u00f1o", "\u00faltimas noticias", "oggi", "domani", "ieri", "attualmente",
            "questa settimana", "quest'anno", "hoje", "amanh\u00e3", "ontem", "atualmente", "agora mesmo", "vandaag", "gisteren", "momenteel",
            "\u4eca\u5929", "\u660e\u5929", "\u6628\u5929", "\u73b0\u5728", "\u76ee\u524d", "\u6700\u65b0", "\u4eca\u65e5", "\u660e\u65e5", "\u6628\u65e5", "\u73fe\u5728");

    private final List<String> words;
    private final KeywordAutomaton automaton;

    private TimeWords(List<String> words) {
        this.words = words;
        this.automaton = KeywordAutomaton.of(words);
    }

    /** The standard words and those of a policy. */
    public static TimeWords with(List<String> more) {
        return new TimeWords(Stream.concat(STANDARD.stream(), more.stream().map(String::strip)).distinct().toList());
    }

    /** Whether one of them stands in the text, as words of their own. */
    public boolean isIn(String text) {
        boolean[] found = new boolean[1];
        automaton.scan(text.replace('\u2019', '\''), (keyword, end) -> found[0] |= standsAlone(text, end - words.get(keyword).length(), end));
        return found[0];
    }

    private static boolean standsAlone(String text, int start, int end) {
        return (start == 0 || isBorder(text.codePointBefore(start), text.codePointAt(start)))
                && (end == text.length() || isBorder(text.codePointBefore(end), text.codePointAt(end)));
    }

    /** Ideographs stand without spaces. */
    private static boolean isBorder(int before, int after) {
        return !Character.isLetterOrDigit(before) || !Character.isLetterOrDigit(after) || Character.isIdeographic(before) || Character.isIdeographic(after);
    }
}
