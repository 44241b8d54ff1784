// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The coordinates in README are those that bin/consumers builds programs by. */
class CoordinatesTest {
    private static final Pattern XML_BLOCK = Pattern.compile("```xml\\R(.*?)```", Pattern.DOTALL);
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file)).lines().map(String::strip).reduce("", (all, line) -> all + line);
    }

    @Test
    void readmeHasTheCoordinatesOfTheConsumers() throws IOException {
        Matcher block = XML_BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(block.find()).isTrue();
        String coordinates = block.group(1).lines().map(String::strip).reduce("", (all, line) -> all + line);

        assertThat(read("srt-netty-bom/src/it/class-path/pom.xml")).contains(coordinates);
        assertThat(read("srt-netty-bom/src/it/module-path/pom.xml")).contains(coordinates);
    }

    /** Maven 3.8 takes version 3.1 of the compiler plugin where none is named; that ignores maven.compiler.release. */
    @Test
    void theFirstProgramSetsItsJavaVersionForTheCompilerPluginOfMaven38Too() throws IOException {
        assertThat(read("docs/get-started.md"))
                .contains("<maven.compiler.source>17<", "<maven.compiler.target>17<")
                .doesNotContain("<maven.compiler.release>");
    }

    /** It has no parent, so nothing else holds its version. */
    @Test
    void bomHasTheVersionOfTheProject() throws IOException {
        Pattern version =
                Pattern.compile("<artifactId>srt-netty-(?:parent|bom)</artifactId>\\s*<version>(.*?)</version>");
        Matcher parent = version.matcher(read("pom.xml"));
        Matcher bom = version.matcher(read("srt-netty-bom/pom.xml"));
        assertThat(parent.find() && bom.find()).isTrue();
        assertThat(bom.group(1)).isEqualTo(parent.group(1));
    }
}
