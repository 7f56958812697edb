package dev.gatehouse.ratelimit.reply;

import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.llm.Format;
import dev.gatehouse.policy.limit.HeaderOptions.Style;
import dev.gatehouse.policy.limit.Quota;
import dev.gatehouse.policy.limit.Unit;
import dev.gatehouse.ratelimit.admit.Money;
import dev.gatehouse.ratelimit.admit.Standing;
import dev.gatehouse.state.limit.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Header fields that tell a client of its limits. Of several limits the one with the smallest share left is told; what remains is what
 * remains after the request's reservation. Money is told by no provider's fields.
 *
 * @param styles families of fields
 * @param format of the request
 * @param now    for fields with points in time
 */
public record LimitHeaders(List<Style> styles, Format format, Instant now) {

    private static final List<String> MEASURES = List.of("limit", "remaining", "reset");

    /** The fields, and the backend's own of the same names taken away: half of each would be neither's. */
    public HeaderChange of(List<Standing> standings) {
        HeaderChange change = HeaderChange.none();
        for (Style style : styles) {
            change = write(style, standings, change);
        }
        return change;
    }

    private HeaderChange write(Style style, List<Standing> standings, HeaderChange change) {
        return switch (style) {
            case Provider -> write(format == Format.ANTHROPIC_MESSAGES ? Style.Anthropic : Style.OpenAI, standings, change);
            case OpenAI -> openAi(standings, change);
            case Anthropic -> anthropic(standings, change);
            case Ietf -> ietf(standings, change);
            case Envoy -> envoy(standings, change);
            case None -> change;
        };
    }

    private static HeaderChange openAi(List<Standing> standings, HeaderChange change) {
        HeaderChange requests = openAi("requests", tightest(standings, unit -> unit == Unit.Requests), change);
        return openAi("tokens", tightest(standings, LimitHeaders::isTokens), requests);
    }

    private static HeaderChange openAi(String what, Optional<Standing> standing, HeaderChange change) {
        if (standing.isEmpty()) {
            return change;
        }
        Level level = standing.get().level();
        return cleared("x-ratelimit-%s-" + what, change)
                .setting("x-ratelimit-limit-" + what, Long.toString(level.limit()))
                .setting("x-ratelimit-remaining-" + what, remaining(level))
                .setting("x-ratelimit-reset-" + what, GoDuration.of(level.fullInMillis()));
    }

    private HeaderChange anthropic(List<Standing> standings, HeaderChange change) {
        HeaderChange requests = anthropic("requests", tightest(standings, unit -> unit == Unit.Requests), change);
        HeaderChange tokens = anthropic("tokens", tightest(standings, LimitHeaders::isTokens), requests);
        HeaderChange input = anthropic("input-tokens", tightest(standings, unit -> unit == Unit.InputTokens), tokens);
        return anthropic("output-tokens", tightest(standings, unit -> unit == Unit.OutputTokens), input);
    }

    private HeaderChange anthropic(String what, Optional<Standing> standing, HeaderChange change) {
        if (standing.isEmpty()) {
            return change;
        }
        Level level = standing.get().level();
        Instant full = now.plusMillis(level.fullInMillis() + 999).truncatedTo(ChronoUnit.SECONDS);
        return cleared("anthropic-ratelimit-" + what + "-%s", change)
                .setting("anthropic-ratelimit-" + what + "-limit", Long.toString(level.limit()))
                .setting("anthropic-ratelimit-" + what + "-remaining", remaining(level))
                .setting("anthropic-ratelimit-" + what + "-reset", full.toString());
    }

    /** draft-ietf-httpapi-ratelimit-headers-11: all policies, and the tightest limit. */
    private static HeaderChange ietf(List<Standing> standings, HeaderChange change) {
        List<Standing> told = standings.stream().filter(standing -> unit(standing).filter(unit -> unit != Unit.Cost).isPresent()).toList();
        if (told.isEmpty()) {
            return change;
        }
        Standing tightest = told.stream().min(Comparator.comparingDouble(Standing::freeShare)).orElseThrow();
        String name = tightest.budget().limit().name();
        return change.setting("ratelimit-policy", told.stream().map(LimitHeaders::policy).collect(Collectors.joining(", ")))
                .setting("ratelimit", "\"" + name + "\";r=" + remaining(tightest.level()) + ";t=" + seconds(tightest.level().fullInMillis()));
    }

    private static String policy(Standing standing) {
        Quota quota = standing.budget().limit().limit().quota().orElseThrow();
        String unit = switch (quota.unit()) {
            case Requests -> "";
            case Bytes -> ";qu=\"content-bytes\"";
            case InputTokens -> ";qu=\"input-tokens\"";
            case OutputTokens -> ";qu=\"output-tokens\"";
            case Tokens, Cost -> ";qu=\"tokens\"";
        };
        return "\"" + standing.budget().limit().name() + "\";q=" + standing.level().limit() + unit + ";w=" + window(quota);
    }

    private static HeaderChange envoy(List<Standing> standings, HeaderChange change) {
        Optional<Standing> tightest = tightest(standings, unit -> unit != Unit.Cost);
        if (tightest.isEmpty()) {
            return change;
        }
        Level level = tightest.get().level();
        Quota quota = tightest.get().budget().limit().limit().quota().orElseThrow();
        String described = level.limit() + ";w=" + window(quota) + ";name=\"" + tightest.get().budget().limit().name() + "\"";
        return change.setting("x-ratelimit-limit", level.limit() + ", " + described)
                .setting("x-ratelimit-remaining", remaining(level))
                .setting("x-ratelimit-reset", Long.toString(seconds(level.fullInMillis())));
    }

    /** The standing of a limit with a quota in such a unit that has the smallest share left. */
    private static Optional<Standing> tightest(List<Standing> standings, Predicate<Unit> unit) {
        return standings.stream().filter(standing -> unit(standing).filter(unit).isPresent()).min(Comparator.comparingDouble(Standing::freeShare));
    }

    private static HeaderChange cleared(String pattern, HeaderChange change) {
        HeaderChange cleared = change;
        for (String measure : MEASURES) {
            cleared = cleared.removing(String.format(Locale.ROOT, pattern, measure));
        }
        return cleared;
    }

    private static boolean isTokens(Unit unit) {
        return unit == Unit.Tokens || unit == Unit.InputTokens || unit == Unit.OutputTokens;
    }

    private static Optional<Unit> unit(Standing standing) {
        return standing.budget().limit().limit().quota().map(Quota::unit);
    }

    private static String remaining(Level level) {
        return Long.toString(Math.max(0, level.remaining()));
    }

    /** A month is told as one of 30 days; its end is in the reset. */
    private static long window(Quota quota) {
        return quota.period().length().map(length -> length.toSeconds()).orElse(30L * 86_400);
    }

    static long seconds(long millis) {
        return (millis + 999) / 1000;
    }

    /** An amount as a person reads it: {@code 12.5} of money, {@code 1500 tokens}. */
    static String spoken(Unit unit, long amount) {
        return switch (unit) {
            case Cost -> Money.amount(amount).toPlainString() + " (cost)";
            case Requests -> amount + " requests";
            case Bytes -> amount + " bytes";
            case Tokens -> amount + " tokens";
            case InputTokens -> amount + " input tokens";
            case OutputTokens -> amount + " output tokens";
        };
    }
}
