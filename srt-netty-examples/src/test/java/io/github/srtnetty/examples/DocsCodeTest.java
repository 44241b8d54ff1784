// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A reader can type the code of the documents in, and finds the classes that they name. */
class DocsCodeTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R\\s*(.*)\\R");
    private static final Pattern MEMBER = Pattern.compile(
            "@Override|(?:(?:public|protected|private|static|final) )+(?!class|record|.*\\bclass\\b).*");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.\\w+)?(?:\\(.*?\\))?`");
    /** Types of the JDK, of JNA and of Netty. */
    private static final Set<String> OTHERS =
            Set.of("InternalLogger", "LockSupport", "Native", "Runtime", "Structure", "System", "Thread");

    @Test
    void noBlockOfJavaShowsMembersWithoutTheirClass() throws IOException {
        List<String> found = new ArrayList<>();
        WrittenFiles.endingIn(".md").forEach((file, text) -> {
            for (Matcher block = JAVA_BLOCK.matcher(text); block.find(); ) {
                if (MEMBER.matcher(block.group(1)).matches()) {
                    found.add(file + ": " + block.group(1));
                }
            }
        });
        assertThat(found).as("blocks that begin in a class").isEmpty();
    }

    @Test
    void theClassesInTheArchitectureExist_andTheTableOfPartsIsThatOfTheTransport() throws IOException {
        Set<String> sources = WrittenFiles.endingIn(".java").keySet();
        Map<String, String> documents = WrittenFiles.endingIn(".md");
        String architecture = documents.get("docs/architecture.md");
        String parts = architecture.substring(architecture.indexOf("| part | task |"));

        assertThat(missing(architecture + documents.get("docs/threading.md"), "/", sources))
                .isEmpty();
        assertThat(missing(parts.substring(0, parts.indexOf("\n\n")), "srt-netty-transport/src/main/", sources))
                .isEmpty();
    }

    private static Set<String> missing(String text, String folder, Set<String> sources) {
        Set<String> missing = new TreeSet<>();
        for (Matcher type = TYPE.matcher(text); type.find(); ) {
            String file = "/" + type.group(1) + ".java";
            if (sources.stream().noneMatch(source -> source.contains(folder) && source.endsWith(file))) {
                missing.add(type.group(1));
            }
        }
        missing.removeAll(OTHERS);
        return missing;
    }
}
