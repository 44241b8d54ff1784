// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.examples.readme.Caller;
import io.github.srtnetty.examples.readme.Listener;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.ChildJvm;
import io.github.srtnetty.testing.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the documents show is code that is compiled, and runs. */
@Tag("slow")
class DocsTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void everyBlockOfJavaOccursInACompiledFile() throws IOException {
        List<String> sources =
                read(ROOT, ".java").stream().map(DocsTest::withoutIndentation).toList();
        List<String> documents = new ArrayList<>(List.of(Files.readString(ROOT.resolve("README.md"))));
        if (Files.isDirectory(ROOT.resolve("docs"))) {
            documents.addAll(read(ROOT.resolve("docs"), ".md"));
        }
        for (String document : documents) {
            for (Matcher block = JAVA_BLOCK.matcher(document); block.find(); ) {
                String wanted = withoutIndentation(block.group(1));
                assertThat(sources.stream().anyMatch(source -> source.contains(wanted)))
                        .as("a compiled file has%n%s", wanted)
                        .isTrue();
            }
        }
    }

    @Test
    void theReadmesListenerPrintsWhatTheReadmesCallerSends() throws Exception {
        int port = Peer.freePort();
        Process listener = ChildJvm.start(Listener.class, "" + port);
        try (BufferedReader lines = listener.inputReader()) {
            Peer.awaitBound(port);
            ChildJvm.run(Caller.class, "srt://127.0.0.1:" + port);

            Await.until("a line of the listener", () -> isReady(lines));
            assertThat(lines.lines().filter(line -> line.endsWith("bytes")).findFirst())
                    .contains("1316 bytes");
        } finally {
            listener.destroyForcibly().waitFor();
        }
    }

    private static boolean isReady(BufferedReader lines) {
        try {
            return lines.ready();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> read(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> texts = new ArrayList<>();
            for (Path file : (Iterable<Path>) files.filter(path -> isWritten(path, suffix))::iterator) {
                texts.add(Files.readString(file));
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
