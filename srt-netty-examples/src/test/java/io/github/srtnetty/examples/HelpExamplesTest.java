// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.examples.cli.CommandLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The help of each command has two examples that the command understands. */
class HelpExamplesTest {
    /** A word of a shell: quoted parts and others. */
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");

    @TempDir
    Path folder;

    static Stream<String> commands() {
        List<String> names = new ArrayList<>();
        addNames("", CommandLines.parser(new SrtNetty()), names);
        return names.stream();
    }

    @ParameterizedTest(name = "srt-netty {0}")
    @MethodSource("commands")
    void hasTwoExamplesThatAreRight(String name) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "a passphrase of the test");
        List<String> examples = command(name)
                .getUsageMessage(CommandLine.Help.Ansi.OFF)
                .lines()
                .filter(line -> line.startsWith("  srt-netty "))
                .map(line -> line.strip().substring("srt-netty ".length()))
                .filter(line -> name.isEmpty() || (line + ' ').startsWith(name + ' '))
                .toList();
        assertThat(examples).as("examples of srt-netty %s", name).hasSizeGreaterThanOrEqualTo(2);
        for (String example : examples) {
            CommandLines.parser(new SrtNetty()).parseArgs(words(example.replace("file:key", "file:" + key)));
        }
    }

    @ParameterizedTest(name = "srt-netty {0}")
    @MethodSource("commands")
    void saysWhatHoldsWithoutAnOption(String name) {
        for (OptionSpec option : command(name).getCommandSpec().options()) {
            if (option.arity().max() > 0 && !option.required()) {
                assertThat(String.join(" ", option.description()))
                        .as("%s %s", name, option.longestName())
                        .contains("(default: ");
                assertThat(option.paramLabel())
                        .as("%s %s", name, option.longestName())
                        .doesNotContain("<");
            }
        }
    }

    private static CommandLine command(String name) {
        CommandLine command = CommandLines.parser(new SrtNetty());
        for (String part : name.isEmpty() ? new String[0] : name.split(" ")) {
            command = command.getSubcommands().get(part);
        }
        return command;
    }

    private static void addNames(String name, CommandLine command, List<String> names) {
        names.add(name);
        command.getSubcommands().forEach((part, subcommand) -> {
            if (!part.equals("help")) {
                addNames((name + ' ' + part).strip(), subcommand, names);
            }
        });
    }

    /** Splits a command as a shell does, up to its redirections. */
    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(command.replaceFirst(" [<>] .*", "")); word.find(); ) {
            words.add(word.group().replace("'", ""));
        }
        return words.toArray(String[]::new);
    }
}
