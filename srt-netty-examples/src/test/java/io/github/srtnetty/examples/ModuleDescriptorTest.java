// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each package is exported by its module, or says in its documentation that it is internal. */
class ModuleDescriptorTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern EXPORT = Pattern.compile("exports ([a-z0-9.]+);");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([a-z0-9.]+);");

    @ParameterizedTest
    @ValueSource(strings = {"native", "codec", "transport", "relay"})
    void exportsAllPackagesThatAreNotInternal(String module) throws IOException {
        Path sources = ROOT.resolve("srt-netty-" + module + "/src/main");
        Set<String> exported = new TreeSet<>();
        Matcher export = EXPORT.matcher(Files.readString(sources.resolve("module/module-info.java")));
        while (export.find()) {
            exported.add(export.group(1));
        }
        assertThat(exported).isEqualTo(publicPackages(sources.resolve("java")));
    }

    private static Set<String> publicPackages(Path sources) throws IOException {
        Set<String> packages = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : (Iterable<Path>) files.filter(path -> path.endsWith("package-info.java"))::iterator) {
                String text = Files.readString(file);
                Matcher name = PACKAGE.matcher(text);
                if (name.find()
                        && !Pattern.compile("Internal[ :]").matcher(text).find()) {
                    packages.add(name.group(1));
                }
            }
        }
        return packages;
    }
}
