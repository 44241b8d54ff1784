// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The code in the documents is compiled, and a test runs it and compares what arrives. */
@Tag("slow")
class DocsTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void everyBlockOfJavaIsRunByATest() throws IOException {
        Map<Path, String> sources = sources();
        for (String document : documents()) {
            for (Matcher block = JAVA_BLOCK.matcher(document); block.find(); ) {
                String wanted = withoutIndentation(block.group(1));
                assertThat(sources.entrySet().stream()
                                .filter(source ->
                                        withoutIndentation(source.getValue()).contains(wanted))
                                .anyMatch(source -> isRun(source.getKey(), sources)))
                        .as("a test runs%n%s", wanted)
                        .isTrue();
            }
        }
    }

    /** What a test class shows it runs itself; of any other class a test in its package or of README has the name. */
    private static boolean isRun(Path source, Map<Path, String> sources) {
        if (isTest(source)) {
            return true;
        }
        String name = source.getFileName().toString().replace(".java", "");
        Pattern use = Pattern.compile("\\b" + name + "(\\.\\w|\\(|::)");
        return sources.entrySet().stream()
                .anyMatch(test ->
                        isTest(test.getKey()) && use.matcher(test.getValue()).find());
    }

    private static boolean isTest(Path source) {
        return source.toString().contains("/src/test/");
    }

    private static Map<Path, String> sources() throws IOException {
        return read(ROOT, ".java");
    }

    private static List<String> documents() throws IOException {
        List<String> documents = new ArrayList<>(List.of(Files.readString(ROOT.resolve("README.md"))));
        documents.addAll(read(ROOT.resolve("docs"), ".md").values());
        return documents;
    }

    private static Map<Path, String> read(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<Path, String> texts = new HashMap<>();
            for (Path file : (Iterable<Path>) files.filter(path -> isWritten(path, suffix))::iterator) {
                texts.put(file, Files.readString(file));
            }
            return texts;
        }
    }

    /** Not what a build made. */
    private static boolean isWritten(Path path, String suffix) {
        return path.toString().endsWith(suffix) && !path.toString().contains("/target/");
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
    }
}
