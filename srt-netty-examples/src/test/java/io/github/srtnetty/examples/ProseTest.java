// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The English of documents, Javadoc, comments, messages and help, as far as rules can be counted: CONTRIBUTING.md has
 * the rules. A failure names each place.
 */
class ProseTest {
    /** The tests of these rules hold the words themselves. */
    private static final Pattern RULES = Pattern.compile(".*/examples/Prose\\w*\\.java");

    private static final Pattern BANNED = Pattern.compile(
            "\\b(tells?|told|telling|doors?|patience|vitals|gather(?:s|ed)?|goodbye|hears?|heard|speaks?|spoke|whoever"
                    + "|in vain|takes? notice|comes for|has a say|without a word|(?:says|knows) nothing|who asks"
                    + "|what came)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE_SUBJECT =
            Pattern.compile("(?:^|[.!;] )((?:What|Who|Whoever) [a-z][^.?]*)(?!\\?)");

    /** A sentence with more words is split in two. */
    private static final int MOST_WORDS = 35;

    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/", Pattern.DOTALL);
    /** A method and its Javadoc: the first word of that, and the name of the method. */
    private static final Pattern METHOD = Pattern.compile(
            "/\\*\\*[\\s*]*(?!\\*/)(\\S+)(?:(?!\\*/).)*\\*/\\s*(?:@[\\w.]+(?:\\([^)]*\\))?\\s*)*"
                    + "(?:(?:public|protected|private|static|final|abstract|default|native|synchronized)\\s+)*"
                    + "(?:<[^(]*?>\\s*)?[\\w.]+(?:<[^(;={]*>)?(?:\\[])*\\s+([a-z]\\w*)\\(",
            Pattern.DOTALL);

    private static final Pattern VERB = Pattern.compile("[A-Z][a-z-]*s");
    private static final Pattern NOT_A_METHOD = Pattern.compile("(?s).*\\b(?:class|interface|record|enum)\\b.*");

    @TestFactory
    Stream<DynamicTest> usesNoBannedWord() throws IOException {
        return Stream.concat(of(".md").entrySet().stream(), of(".java").entrySet().stream())
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey(),
                        () -> assertThat(bannedWords(file.getValue()))
                                .as("%s: words that README's readers must not meet", file.getKey())
                                .isEmpty()));
    }

    @Test
    void sentencesOfDocumentsAreShort() throws IOException {
        List<String> found = new ArrayList<>();
        of(".md")
                .forEach((file, text) -> Markdown.sentences(text).stream()
                        .filter(sentence -> sentence.words() > MOST_WORDS)
                        .forEach(sentence -> found.add(file + ":" + sentence.line() + ": " + sentence.words()
                                + " words: " + sentence.text())));
        assertThat(found).as("sentences of more than %s words", MOST_WORDS).isEmpty();
    }

    @Test
    void sentencesHaveANounAsTheirSubject() throws IOException {
        List<String> found = new ArrayList<>();
        of(".md")
                .forEach((file, text) -> Markdown.sentences(text).stream()
                        .filter(sentence ->
                                BARE_SUBJECT.matcher(sentence.text()).find())
                        .forEach(sentence -> found.add(file + ":" + sentence.line() + ": " + sentence.text())));
        of(".java").forEach((file, text) -> {
            if (!file.contains("/src/main/")) {
                return;
            }
            for (Matcher javadoc = JAVADOC.matcher(text); javadoc.find(); ) {
                Matcher bare = BARE_SUBJECT.matcher(plain(javadoc.group(1)));
                if (bare.find()) {
                    found.add(file + ":" + line(text, javadoc.start()) + ": " + bare.group(1));
                }
            }
        });
        assertThat(found).as("sentences that begin with a bare what or who").isEmpty();
    }

    @Test
    void javadocOfAMethodBeginsWithAVerb() throws IOException {
        List<String> found = new ArrayList<>();
        of(".java").forEach((file, text) -> {
            if (!file.contains("/src/main/")) {
                return;
            }
            for (Matcher method = METHOD.matcher(text); method.find(); ) {
                boolean isRight = VERB.matcher(method.group(1)).matches();
                if (!isRight
                        && !NOT_A_METHOD.matcher(afterJavadoc(method.group())).matches()) {
                    found.add(
                            file + ":" + line(text, method.start()) + ": " + method.group(2) + ": " + method.group(1));
                }
            }
        });
        assertThat(found).as("Javadoc that begins with another word").isEmpty();
    }

    private static List<String> bannedWords(String text) {
        List<String> found = new ArrayList<>();
        String[] lines = text.split("\n");
        for (int i = 0; i < lines.length; i++) {
            Matcher banned = BANNED.matcher(lines[i].replaceAll("`[^`]*`", "X"));
            while (banned.find()) {
                found.add((i + 1) + ": " + banned.group());
            }
        }
        return found;
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\n\\s*\\* ?", " ").replaceAll("<p>", ". ").strip();
    }

    private static String afterJavadoc(String method) {
        return method.substring(method.indexOf("*/"));
    }

    private static int line(String text, int index) {
        return (int) text.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
    }

    private static Map<String, String> of(String suffix) throws IOException {
        Map<String, String> files = WrittenFiles.endingIn(suffix);
        files.keySet().removeIf(file -> RULES.matcher(file).matches());
        return files;
    }
}
