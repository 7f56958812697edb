package dev.gatehouse.text.exfiltration;

import com.google.re2j.Pattern;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.pattern.BoundedPattern;
import dev.gatehouse.text.pattern.Matches;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.GrowingText;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds addresses in an answer that may carry data away. A finding is the address; of detector {@code exfiltration}, and category
 * <ul>
 *   <li>{@code denied-host}, {@code unlisted-host}: by the lists</li>
 *   <li>{@code prompt-content}: words of the request stand in it, plain, in percent-encoding, base64 or hexadecimal</li>
 *   <li>{@code deceptive-host}: something before an {@code @}, a number or punycode for a host</li>
 *   <li>{@code encoded-data}: a part of it looks encoded</li>
 *   <li>{@code loaded-with-query}: an image or other HTML that is loaded without a click and sends a query</li>
 *   <li>{@code data-uri}: a {@code data:} address</li>
 * </ul>
 * Where a host is allowed by name, only the deny list is asked. An address longer than {@value #LONGEST} characters is judged by its
 * beginning. A redirect behind an allowed host is not followed. Immutable.
 */
public final class Exfiltration implements StreamingDetector {

    private static final int LONGEST = 2048;
    private static final int LOOK_BEHIND = 256;
    private static final int LONG_QUERY = 24;
    private static final String END = "[^\\s<>\"'`)\\]}|]";
    private static final BoundedPattern ADDRESSES = BoundedPattern.of(Pattern.compile("(?i)(\\b(?:https?|wss?|ftp|ldaps?|dns|file)\\s?:[/\\\\]{1,3}" + END
            + "+)|(\\bdata:[a-z0-9.+/-]{0,80}[;,]" + END + "+)|(?:\\]\\(|\\]:|(?:src|srcset|href|action|poster|data|background)\\s{0,4}=|url\\()\\s{0,4}[\"'<]?([/\\\\]{2}"
            + END + "+)"), LONGEST);
    private static final Pattern HTML = Pattern.compile("(?i)(?:src|srcset|href|action|poster|data|background|content)\\s{0,4}=\\s{0,4}[\"']?[^\"'<>]{0,128}$|url\\(\\s{0,4}[\"']?$|@import\\s{0,4}[\"']?$");
    private static final Pattern LOADED = Pattern.compile("(?i)(?:src|srcset|poster|background)\\s{0,4}=\\s{0,4}[\"']?[^\"'<>]{0,128}$|url\\(\\s{0,4}[\"']?$|@import\\s{0,4}[\"']?$");
    private static final Pattern IMAGE = Pattern.compile("!\\[[^\\]\\n]{0,160}\\]\\(\\s{0,4}<?$");
    private static final Pattern LINK = Pattern.compile("\\]\\(\\s{0,4}<?$|\\]:\\s{0,4}<?$");

    private final Set<LinkKind> kinds;
    private final Hosts allowed;
    private final Hosts denied;
    private final Cargo cargo;

    /**
     * @param kinds      what to look at
     * @param allowed    hosts that may be named; where some are given, every other host is found
     * @param denied     hosts that may not, also where {@code allowed} has them
     * @param maxEntropy bits per character that a part of the address may have, 0 to 8
     * @param promptText text of the request whose words are looked for in addresses
     */
    public Exfiltration(Set<LinkKind> kinds, Hosts allowed, Hosts denied, double maxEntropy, Optional<String> promptText) {
        this.kinds = Set.copyOf(kinds);
        this.allowed = allowed;
        this.denied = denied;
        cargo = new Cargo(promptText, maxEntropy);
    }

    @Override
    public DetectorStream open() {
        return new LinkStream();
    }

    private Optional<Finding> judge(String before, String address, int start) {
        LinkKind kind = kind(before, address);
        if (!kinds.contains(kind)) {
            return Optional.empty();
        }
        return verdict(kind, before, address)
                .map(verdict -> new Finding("exfiltration", verdict.category, verdict.score, start, start + address.length()));
    }

    private record Verdict(String category, double score) {
    }

    private Optional<Verdict> verdict(LinkKind kind, String before, String written) {
        if (kind == LinkKind.DATA_URI) {
            boolean carries = cargo.carriesPrompt(written.substring(written.indexOf(':') + 1));
            return Optional.of(carries ? new Verdict("prompt-content", 1) : new Verdict("data-uri", 0.6));
        }
        Address address = Address.of(written);
        if (denied.has(address.host())) {
            return Optional.of(new Verdict("denied-host", 1));
        }
        return allowed.has(address.host()) ? Optional.empty() : elsewhere(address, kind == LinkKind.MARKDOWN_IMAGE || LOADED.matcher(before).find());
    }

    private Optional<Verdict> elsewhere(Address address, boolean loaded) {
        if (cargo.carriesPrompt(address.host().replace('.', ' ') + ' ' + address.rest())) {
            return Optional.of(new Verdict("prompt-content", 1));
        }
        if (!allowed.isEmpty()) {
            return Optional.of(new Verdict("unlisted-host", 1));
        }
        if (address.userInfo() || address.isNumber() || address.isPunycode()) {
            return Optional.of(new Verdict("deceptive-host", 0.8));
        }
        if (cargo.looksEncoded(address.rest())) {
            return Optional.of(new Verdict("encoded-data", 0.7));
        }
        boolean sends = loaded && address.query().length() >= LONG_QUERY;
        return sends ? Optional.of(new Verdict("loaded-with-query", 0.6)) : Optional.empty();
    }

    private static LinkKind kind(String before, String address) {
        if (address.regionMatches(true, 0, "data:", 0, 5)) {
            return LinkKind.DATA_URI;
        }
        if (IMAGE.matcher(before).find()) {
            return LinkKind.MARKDOWN_IMAGE;
        }
        return LINK.matcher(before).find() ? LinkKind.MARKDOWN_LINK : HTML.matcher(before).find() ? LinkKind.HTML : LinkKind.URL;
    }

    /** One answer. */
    private final class LinkStream implements DetectorStream {
        private static final int PIECE = 4096;

        private final GrowingText text = new GrowingText();
        private final Matches matches = ADDRESSES.in(text);

        @Override
        public Progress feed(CharSequence delta) {
            List<Finding> found = new ArrayList<>();
            for (int from = 0; from < delta.length(); from += PIECE) {
                text.append(delta, from, Math.min(delta.length(), from + PIECE));
                read(found);
            }
            return new Progress(found, matches.groupsSettled());
        }

        @Override
        public Progress end() {
            text.end();
            List<Finding> found = new ArrayList<>();
            read(found);
            return new Progress(found, matches.groupsSettled());
        }

        private void read(List<Finding> found) {
            for (Matches.Match match = matches.next(); match != null; match = matches.next()) {
                int group = match.starts()[1] >= 0 ? 1 : match.starts()[2] >= 0 ? 2 : 3;
                int start = match.starts()[group];
                String before = text.substring(Math.max(text.base(), start - LOOK_BEHIND), start);
                judge(before, trimmed(text.substring(start, match.ends()[group])), start).ifPresent(found::add);
            }
            text.forgetBefore(Math.max(0, Math.min(matches.settled(), matches.groupsSettled()) - LOOK_BEHIND));
        }
    }

    /** Without the punctuation of the sentence that it ends. */
    private static String trimmed(String address) {
        int end = address.length();
        while (end > 1 && ".,;:!?*".indexOf(address.charAt(end - 1)) >= 0) {
            end--;
        }
        return address.substring(0, end);
    }
}
