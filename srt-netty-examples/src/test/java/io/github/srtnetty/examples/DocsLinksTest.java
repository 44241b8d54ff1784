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

/** The links of the documents lead to files and headings that exist, and the index has every page. */
class DocsLinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`\n]*`");

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        Map<String, String> documents = WrittenFiles.endingIn(".md");
        documents.forEach((file, text) -> {
            String prose = INLINE_CODE.matcher(Markdown.withoutFenced(text)).replaceAll("X");
            for (Matcher link = LINK.matcher(prose); link.find(); ) {
                if (!link.group(1).matches("[a-z]+:.*") && !leads(file, link.group(1), documents)) {
                    broken.add(file + ": " + link.group(1));
                }
            }
        });
        assertThat(broken).as("links that lead nowhere").isEmpty();
    }

    @Test
    void theIndexHasEveryPage() throws IOException {
        Map<String, String> documents = WrittenFiles.endingIn(".md");
        List<String> linked = new ArrayList<>();
        for (Matcher link = LINK.matcher(documents.get("docs/README.md")); link.find(); ) {
            linked.add("docs/" + link.group(1).replaceFirst("#.*", ""));
        }
        TreeSet<String> pages = new TreeSet<>(documents.keySet());
        pages.removeIf(page -> !page.startsWith("docs/") || page.equals("docs/README.md"));
        pages.removeIf(page -> page.startsWith("docs/relay-")); // chapters of docs/relay.md, which links them
        assertThat(linked).containsAll(pages);
    }

    private static boolean leads(String from, String link, Map<String, String> documents) {
        String path = link.replaceFirst("#.*", "");
        Path source = Path.of(from);
        Path folder = source.getParent() == null ? Path.of("") : source.getParent();
        Path target = path.isEmpty() ? source : folder.resolve(path).normalize();
        if (!Files.exists(WrittenFiles.ROOT.resolve(target))) {
            return false;
        }
        String document = documents.get(target.toString());
        return !link.contains("#")
                || document == null
                || Markdown.anchors(document).contains(link.substring(link.indexOf('#') + 1));
    }
}
