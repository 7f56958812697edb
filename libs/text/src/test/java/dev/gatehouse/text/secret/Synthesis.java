package dev.gatehouse.text.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes random texts that a pattern matches, for the part of RE2's syntax that rules use. */
final class Synthesis {

    private static final String ANY = printable(c -> Character.isLetterOrDigit(c));
    private final String pattern;
    private final Random random;
    private int at;

    private Synthesis(String pattern, Random random) {
        this.pattern = pattern;
        this.random = random;
    }

    static String of(String pattern, Random random) {
        return new Synthesis(pattern, random).alternatives();
    }

    private String alternatives() {
        List<String> options = new ArrayList<>(List.of(sequence()));
        while (peek() == '|') {
            at++;
            options.add(sequence());
        }
        return options.get(random.nextInt(options.size()));
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (peek() != 0 && peek() != '|' && peek() != ')') {
            int start = at;
            String piece = piece();
            int end = at;
            int times = repetitions();
            int after = at;
            for (int i = 0; i < times; i++) {
                text.append(i == 0 ? piece : again(start, end));
            }
            at = after;
        }
        return text.toString();
    }

    private String again(int start, int end) {
        at = start;
        String piece = piece();
        at = end;
        return piece;
    }

    private String piece() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> pick(charClass());
            case '\\' -> escape();
            case '.' -> pick(ANY);
            case '^', '$' -> "";
            default -> String.valueOf(c);
        };
    }

    private String group() {
        if (peek() == '?') {
            at = pattern.indexOf(':', at) + 1;
        }
        String text = alternatives();
        at++;
        return text;
    }

    private String charClass() {
        boolean negated = peek() == '^';
        at += negated ? 1 : 0;
        StringBuilder members = new StringBuilder();
        do {
            char from = member(members);
            if (peek() == '-' && pattern.charAt(at + 1) != ']') {
                at++;
                char to = pattern.charAt(at++);
                IntStream.rangeClosed(from + 1, to).forEach(c -> members.append((char) c));
            }
        } while (peek() != ']');
        at++;
        return negated ? printable(c -> Character.isLetterOrDigit(c) && members.indexOf(String.valueOf((char) c)) < 0) : members.toString();
    }

    private char member(StringBuilder members) {
        char c = pattern.charAt(at++);
        if (c == '\\') {
            members.append(escape());
        } else {
            members.append(c);
        }
        return c;
    }

    private String escape() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case 's' -> " ";
            case 'S' -> pick(ANY);
            case 'W' -> "=";
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'b' -> "";
            case 'x' -> String.valueOf((char) Integer.parseInt(pattern.substring(at, at += 2), 16));
            default -> String.valueOf(c);
        };
    }

    private int repetitions() {
        int times = switch (peek()) {
            case '?' -> skip(random.nextInt(2));
            case '*' -> skip(random.nextInt(2));
            case '+' -> skip(1 + random.nextInt(4));
            case '{' -> counted();
            default -> 1;
        };
        if (peek() == '?') {
            at++;
        }
        return times;
    }

    private int counted() {
        int close = pattern.indexOf('}', at);
        String[] bounds = pattern.substring(at + 1, close).split(",", -1);
        at = close + 1;
        int least = Integer.parseInt(bounds[0]);
        boolean open = bounds.length == 1 || bounds[1].isEmpty();
        return open ? least : least + random.nextInt(Math.min(3, Integer.parseInt(bounds[1]) - least + 1));
    }

    private int skip(int times) {
        at++;
        return times;
    }

    private String pick(String members) {
        return String.valueOf(members.charAt(random.nextInt(members.length())));
    }

    private char peek() {
        return at < pattern.length() ? pattern.charAt(at) : 0;
    }

    private static String printable(IntPredicate test) {
        return IntStream.range(0, 128).filter(test).mapToObj(c -> String.valueOf((char) c)).collect(Collectors.joining());
    }
}
