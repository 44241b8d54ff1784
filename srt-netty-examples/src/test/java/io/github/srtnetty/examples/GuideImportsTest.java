// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A reader of docs/guide.md finds there where the types of its code are. */
class GuideImportsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (io\\.[\\w.]+)\\.[A-Z]\\w*;");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(io\\.[\\w.]+)`.*\\|$");
    private static final Pattern TYPE = Pattern.compile("`(Srt\\w*)`");

    @Test
    void theTableOfImportsHasThePackagesOfTheCode() throws IOException {
        String guide = guide();
        TreeSet<String> packages = new TreeSet<>();
        WrittenFiles.endingIn(".java").forEach((file, text) -> {
            if (file.contains("/src/main/java/io/github/srtnetty/examples/guide/")) {
                IMPORT.matcher(text).results().forEach(found -> packages.add(found.group(1)));
            }
        });

        assertThat(packages).isNotEmpty().allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
    }

    @Test
    void theTypesInTheTableAreInTheirPackages() throws IOException {
        Map<String, String> sources = WrittenFiles.endingIn(".java");
        List<String> missing = new ArrayList<>();
        int types = 0;
        for (Matcher row = ROW.matcher(guide()); row.find(); ) {
            for (Matcher type = TYPE.matcher(row.group()); type.find(); types++) {
                String file = "/src/main/java/" + row.group(1).replace('.', '/') + "/" + type.group(1) + ".java";
                if (sources.keySet().stream().noneMatch(source -> source.endsWith(file))) {
                    missing.add(row.group(1) + "." + type.group(1));
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(types).isGreaterThan(10);
    }

    private static String guide() throws IOException {
        return Files.readString(ROOT.resolve("docs/guide.md"));
    }
}
