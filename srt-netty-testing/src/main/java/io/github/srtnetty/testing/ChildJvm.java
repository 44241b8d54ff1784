// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A JVM of its own with this one's class path and native access, for what concerns a whole process. */
public final class ChildJvm {
    /** How it ended and all that it printed. */
    public record Result(int exitCode, String output) {}

    private static final int WAIT_SECONDS = 100;

    private ChildJvm() {}

    /** Runs a main class to its end; its standard input is empty. */
    public static Result run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        Process process = start(main, arguments);
        process.getOutputStream().close();
        AtomicBoolean hung = new AtomicBoolean();
        process.onExit().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
            hung.set(true);
            return process.destroyForcibly(); // ends the reading below
        });
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(hung).as("%s hung; it printed: %s", main, output).isFalse();
        return new Result(process.exitValue(), output);
    }

    /** Starts one; standard error comes with standard output. */
    public static Process start(Class<?> main, String... arguments) throws IOException {
        return startUnder(List.of(), main, arguments);
    }

    /** Starts one under a program that runs the rest of its command line, as {@code ip netns exec NAME} does. */
    public static Process startUnder(List<String> program, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--enable-native-access") || argument.startsWith("--sun-misc-unsafe")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
