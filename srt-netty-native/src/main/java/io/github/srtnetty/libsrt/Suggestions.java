// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the name that a mistyped one probably stands for.
 *
 * <p>Internal: it exists for the modules of srt-netty only.
 */
@Internal
public final class Suggestions {
    private static final int MOST_TYPOS = 2;
    private static final int SHORTEST_PREFIX = 3;
    private static final int LONGEST_NAME = 64;

    private Suggestions() {}

    /** Returns {@code "; did you mean NAME?"}, or an empty text if no name is similar. */
    public static String didYouMean(String wrong, Collection<String> names) {
        String nearest = nearest(wrong, names);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    /**
     * Returns the most similar name, or null if none is similar. A similar name begins with {@code wrong}, or differs
     * by at most two characters; two swapped neighbours count as one.
     */
    public static @Nullable String nearest(String wrong, Collection<String> names) {
        String plain = bare(wrong);
        if (plain.isEmpty() || plain.length() > LONGEST_NAME) {
            return null;
        }
        String nearest = null;
        int least = Math.min(MOST_TYPOS, plain.length() / 2) + 1;
        for (String name : new TreeSet<>(names)) {
            boolean begun = plain.length() >= SHORTEST_PREFIX && bare(name).startsWith(plain);
            int distance = begun ? 1 : distance(plain, bare(name));
            if (distance < least) {
                nearest = name;
                least = distance;
            }
        }
        return nearest;
    }

    // Without the leading hyphens, which all options have.
    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("^-+", "");
    }

    /** Returns the number of characters to add, remove, change or swap with their neighbour. */
    private static int distance(String from, String to) {
        int[][] rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, from, to, i, j);
            }
        }
        return rows[from.length()][to.length()];
    }

    private static int step(int[][] rows, String from, String to, int i, int j) {
        char a = from.charAt(i - 1);
        char b = to.charAt(j - 1);
        int least = Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (a == b ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a == to.charAt(j - 2) && b == from.charAt(i - 2);
        return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
