// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.SecretSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs at the end of the build, in Maven's phase {@code verify}: searches what the tests of all modules, and the
 * programs that they started, have written, for the passphrases and tokens that they used.
 */
class SecretsInLogsCheck {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void noTestAndNoProgramHasLoggedASecret() throws Exception {
        List<Path> modules;
        try (Stream<Path> folders = Files.list(ROOT)) {
            modules = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .toList();
        }
        SecretSearch search = new SecretSearch();
        for (Path module : modules) {
            search.withSecretsOf(module.resolve("src/test/java"));
        }
        assertThat(search.secrets()).as("the secrets of the tests").hasSizeGreaterThan(5);
        List<String> found = new ArrayList<>();
        for (Path module : modules) {
            found.addAll(search.find(module.resolve("target/surefire-reports"), "-output.txt"));
        }
        assertThat(found).isEmpty();
    }
}
