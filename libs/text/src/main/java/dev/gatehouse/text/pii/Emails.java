package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.util.Set;

/** Recognises e-mail addresses around each {@code @}; a part longer than RFC 5321 allows (64 and 255) is none. */
final class Emails {

    private static final double SCORE = 0.97;
    private static final int LOCAL = 64;
    private static final int DOMAIN = 255;
    /** What follows the dot in the names of files ({@code icon@2x.png}) and is no top-level domain in use for mail. */
    private static final Set<String> FILES = Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "js", "ts", "css", "html", "json", "yaml", "yml", "xml", "java",
        "txt", "jar", "exe", "dll", "tgz", "tar", "pdf", "csv", "jsx", "tsx", "scss", "lock", "toml", "ini", "log", "bmp", "ico");

    void find(GrowingText text, Seeds seeds, int seed, Findings findings) {
        int at = seeds.ats.get(seed);
        int start = localStart(text, at);
        int end = start < at ? domainEnd(text, at + 1) : -1;
        if (end > 0 && !insideUrl(text, start) && !remote(text, start, at, end)) {
            findings.propose(Entity.EMAIL, SCORE, start, end);
        }
    }

    private static int localStart(GrowingText text, int at) {
        int start = at;
        while (start > 0 && at - start <= LOCAL && isLocal(text.charAt(start - 1))) {
            start--;
        }
        if (Chars.isEscaped(text, start)) {
            start++;
        }
        while (start < at && !Character.isLetterOrDigit(text.charAt(start)) && text.charAt(start) != '_') {
            start++;
        }
        return at - start > LOCAL || Chars.at(text, at - 1) == '.' ? at : start;
    }

    /** Index after the domain that begins at {@code start}, or -1 if none does: labels, a dot, a last label of letters or punycode. */
    private static int domainEnd(GrowingText text, int start) {
        int end = start;
        while (end - start <= DOMAIN && text.has(end) && isDomain(text.charAt(end))) {
            end++;
        }
        while (end > start && !Character.isLetterOrDigit(text.charAt(end - 1))) {
            end--;
        }
        String domain = text.substring(start, end);
        int dot = domain.lastIndexOf('.');
        if (dot <= 0 || !Character.isLetterOrDigit(domain.charAt(0)) || domain.contains("..")) {
            return -1;
        }
        return topLevel(domain.substring(dot + 1)) ? end : -1;
    }

    private static boolean topLevel(String label) {
        boolean letters = label.chars().allMatch(Character::isLetter);
        return label.length() >= 2 && (letters || label.startsWith("xn--")) && !FILES.contains(label);
    }

    /** Whether the name is the user part of a URL ({@code https://user:word@host}), where a credential stands and no mailbox. */
    private static boolean insideUrl(GrowingText text, int start) {
        int index = start;
        while (index > 0 && start - index < LOCAL && !Chars.isBlank(text.charAt(index - 1)) && text.charAt(index - 1) != '/') {
            index--;
        }
        return Chars.at(text, index - 1) == '/' && Chars.at(text, index - 2) == '/' && Chars.at(text, index - 3) == ':';
    }

    /** Whether it is the address of a git remote ({@code git@host:path}). */
    private static boolean remote(GrowingText text, int start, int at, int end) {
        return text.startsWith("git@", start, false) && at - start == 3 && Chars.at(text, end) == ':';
    }

    private static boolean isLocal(char c) {
        return Chars.isWord(c) || ".%+-^~'".indexOf(c) >= 0;
    }

    private static boolean isDomain(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-';
    }
}
