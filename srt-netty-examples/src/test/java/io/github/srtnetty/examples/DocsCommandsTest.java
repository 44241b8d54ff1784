// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.scte35.json.Scte35Json;
import io.github.srtnetty.examples.cli.CommandLines;
import io.github.srtnetty.examples.cli.Misuse;
import io.github.srtnetty.relay.RelayConfig;
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
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command lines in the documents have the right options and arguments; their JSON is right. Nothing is started. */
class DocsCommandsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern PROGRAM = Pattern.compile("(?:^|[ |`$])(?:bin/)?srt-netty ");
    private static final Pattern INLINE = Pattern.compile("`((?:bin/)?srt-netty [^`]*://[^`]*)`");
    private static final Pattern ENCODED = Pattern.compile("scte35 encode '([^']*)'");
    /** A word of a shell: quoted parts and others; or what ends a simple command. */
    private static final Pattern WORD = Pattern.compile("((?:'[^']*'|\"[^\"]*\"|[^\\s'\"|;&<>])+)|([|;&<>])");

    @TempDir
    Path folder;

    @Tag("slow")
    @Test
    void everyCommandLineIsRight_orFailsAsItsDocumentSays() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "a passphrase of the test");
        int tried = 0;
        for (Path document : documents()) {
            List<String> lines = Files.readAllLines(document);
            for (int i = 0; i < lines.size(); i++) {
                for (String command : commands(continued(lines, i))) {
                    String next = i + 1 < lines.size() ? lines.get(i + 1).strip() : "";
                    check(command.replace("file:key", "file:" + key), next, document.getFileName() + ":" + (i + 1));
                    tried++;
                }
            }
        }
        assertThat(tried).as("command lines").isGreaterThan(30);
    }

    /** Returns a line with those that follow it behind a backslash. */
    private static String continued(List<String> lines, int first) {
        String line = lines.get(first);
        for (int next = first + 1; line.endsWith("\\") && next < lines.size(); next++) {
            line = line.substring(0, line.length() - 1) + lines.get(next).strip();
        }
        return line;
    }

    @Test
    void theJsonOfCuesIsRight() throws Exception {
        int tried = 0;
        for (Path document : documents()) {
            for (Matcher cue = ENCODED.matcher(Files.readString(document)); cue.find(); tried++) {
                assertThat(Scte35Json.parse(cue.group(1)).toBase64()).isNotEmpty();
            }
        }
        assertThat(tried).isPositive();
    }

    @Test
    void theSampleOfARelaysConfigurationIsRight_onceItsTokensAreReplaced() throws Exception {
        Path sample = ROOT.resolve("srt-netty-relay/deploy/relay.json");
        assertThatThrownBy(() -> RelayConfig.load(sample)).hasMessageContaining("change-me");
        String text = Files.readString(sample).replaceAll("change-me[\\w-]*", "a-secret-of-the-test");
        assertThat(RelayConfig.load(Files.writeString(folder.resolve("relay.json"), text)))
                .isNotNull();
    }

    private static void check(String command, String next, String place) {
        CommandLine parser = CommandLines.parser(new SrtNetty());
        try {
            parser.parseArgs(arguments(command));
        } catch (ParameterException e) {
            String said = "srt-netty: " + Misuse.describe(e);
            assertThat(next).as("%s: %s%nfails: %s", place, command, said).startsWith(said + " (see ");
            return;
        }
        assertThat(next).as("%s: %s%nis right", place, command).doesNotContain(" --help)");
    }

    /** Returns the command lines in a line of a block, or in a text or table, from the program's name on. */
    private static List<String> commands(String line) {
        List<String> found = new ArrayList<>();
        if (line.strip().startsWith("srt-netty: ")) {
            return found; // what a program prints
        }
        if (line.startsWith("    ") || line.startsWith("bin/")) {
            String code = line.strip()
                    .replaceFirst("\\s{2,}[#$] .*", "")
                    .replace("[", "")
                    .replace("]", "");
            Matcher program = PROGRAM.matcher(code);
            if (program.find()) {
                found.add(code.substring(program.end()));
            }
            return found;
        }
        for (Matcher inline = INLINE.matcher(line); inline.find(); ) {
            String code = inline.group(1).replace("\\|", "|");
            if (!code.contains("...")) {
                found.add(code.substring(code.indexOf(' ') + 1));
            }
        }
        return found;
    }

    /** Splits a simple command as a shell does. */
    private static String[] arguments(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find() && word.group(1) != null) {
            words.add(word.group(1).replaceAll("['\"]", ""));
        }
        if (words.size() > 1 && words.get(0).equals("scte35") && words.get(1).equals("encode")) {
            words.subList(2, words.size()).clear();
            words.add("{}"); // its quotes are those of JSON, which another test reads
        }
        return words.toArray(String[]::new);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }
}
