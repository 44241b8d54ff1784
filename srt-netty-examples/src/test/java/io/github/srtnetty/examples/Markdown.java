// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a Markdown document that the checks of the prose and of the links look at. */
final class Markdown {
    /** A sentence of running text; inline code counts as one word, and remarks in parentheses are left out. */
    record Sentence(int line, String text) {
        int words() {
            return text.split("\\s+").length;
        }
    }

    private static final Pattern LIST_ITEM = Pattern.compile("\\s*([-*]|\\d+\\.)\\s.*");
    private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[.!?;:])\\s+");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

    private Markdown() {}

    /** Returns the sentences outside of code, headings and tables. */
    static List<Sentence> sentences(String document) {
        List<Sentence> sentences = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        int start = 0;
        String[] lines = withoutFenced(document).split("\n", -1);
        for (int i = 0; i <= lines.length; i++) {
            String line = i < lines.length && isText(lines[i]) ? lines[i] : "";
            if (line.isBlank() || LIST_ITEM.matcher(line).matches()) {
                addSentences(start, paragraph.toString(), sentences);
                paragraph.setLength(0);
            }
            if (paragraph.length() == 0) {
                start = i + 1;
            }
            paragraph.append(line.strip()).append(' ');
        }
        return sentences;
    }

    /** Returns the names by which links reach the headings of a document, as GitHub forms them. */
    static Set<String> anchors(String document) {
        String text = withoutFenced(document);
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> used = new HashMap<>();
        for (Matcher heading = HEADING.matcher(text); heading.find(); ) {
            String name = heading.group(1)
                    .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = used.merge(name, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? name : name + "-" + before);
        }
        for (Matcher anchor = ANCHOR.matcher(text); anchor.find(); ) {
            anchors.add(anchor.group(1));
        }
        return anchors;
    }

    /** Returns the document with empty lines in the place of fenced blocks. */
    static String withoutFenced(String document) {
        return FENCED.matcher(document)
                .replaceAll(block -> "\n".repeat((int)
                        block.group().chars().filter(c -> c == '\n').count()));
    }

    private static boolean isText(String line) {
        return !line.startsWith("    ") && !line.startsWith("|") && !line.startsWith("#");
    }

    private static void addSentences(int line, String paragraph, List<Sentence> sentences) {
        String plain = paragraph
                .replaceAll("^\\s*(?:[-*]|\\d+\\.)\\s+", "")
                .replaceAll("`[^`]*`", "X")
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .replaceAll("\\([^()]*\\)", "");
        for (String sentence : END_OF_SENTENCE.split(plain.strip())) {
            if (!sentence.isBlank()) {
                sentences.add(new Sentence(line, sentence));
            }
        }
    }
}
