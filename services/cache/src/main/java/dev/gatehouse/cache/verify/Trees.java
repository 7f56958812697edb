package dev.gatehouse.cache.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Boosted trees over the measures of a pair, monotone in those that speak for likeness; their sum is the log odds that the stored answer is
 * right; two models are one, their leaves by their shares. Read from a text that {@code training/fit_verifier.py} writes: a line {@code version NAME}, a line {@code metrics ...}, and a
 * line for each tree, its nodes by number: {@code feature threshold left right}, where a negative child is leaf {@code -1 - child}, and
 * after {@code |} the leaves.
 */
final class Trees {

    private static final String MODEL = "/dev/gatehouse/cache/verify/verifier.txt";

    private record Tree(int[] feature, double[] threshold, int[] left, int[] right, double[] leaf) {

        double value(double[] measures) {
            int node = feature.length == 0 ? -1 : 0;
            while (node >= 0) {
                node = measures[feature[node]] <= threshold[node] ? left[node] : right[node];
            }
            return leaf[-1 - node];
        }

        static Tree read(String line) {
            String[] halves = line.split("\\|");
            String[] nodes = halves[0].isBlank() ? new String[0] : halves[0].strip().split(" ");
            int count = nodes.length / 4;
            Tree tree = new Tree(new int[count], new double[count], new int[count], new int[count], numbers(halves[1]));
            for (int i = 0; i < count; i++) {
                tree.feature[i] = Integer.parseInt(nodes[4 * i]);
                tree.threshold[i] = Double.parseDouble(nodes[4 * i + 1]);
                tree.left[i] = Integer.parseInt(nodes[4 * i + 2]);
                tree.right[i] = Integer.parseInt(nodes[4 * i + 3]);
            }
            return tree;
        }

        private static double[] numbers(String text) {
            String[] words = text.strip().split(" ");
            double[] numbers = new double[words.length];
            for (int i = 0; i < words.length; i++) {
                numbers[i] = Double.parseDouble(words[i]);
            }
            return numbers;
        }
    }

    private final String version;
    private final List<Tree> trees;

    private Trees(String version, List<Tree> trees) {
        this.version = version;
        this.trees = List.copyOf(trees);
    }

    /** The model that ships. */
    static Trees shipped() {
        try (InputStream in = Trees.class.getResourceAsStream(MODEL)) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Trees read(String text) {
        String version = "";
        List<Tree> trees = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("version ")) {
                version = line.substring("version ".length()).strip();
            } else if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("metrics ")) {
                trees.add(Tree.read(line));
            }
        }
        return new Trees(version, trees);
    }

    String version() {
        return version;
    }

    /** Probability, 0 to 1. */
    double probability(double[] measures) {
        double odds = 0;
        for (Tree tree : trees) {
            odds += tree.value(measures);
        }
        return 1 / (1 + Math.exp(-odds));
    }
}
