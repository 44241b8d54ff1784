// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Starts the program as a user does, in a process of its own. */
public final class Cli {
    private Cli() {}

    public static Peer start(String... arguments) throws IOException {
        return start(List.of(), arguments);
    }

    /** Starts it with more options of the JVM. */
    public static Peer start(List<String> jvmOptions, String... arguments) throws IOException {
        return Peer.start(command(jvmOptions, arguments));
    }

    /** Returns the command line that starts it. */
    public static List<String> command(List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>(interruptible());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--enable-native-access") || argument.startsWith("--sun-misc-unsafe")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SrtNetty.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * A build in the background ignores SIGINT, by nohup SIGHUP, and so would all that it starts; GNU's env mends that.
     */
    private static List<String> interruptible() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("SigIgn:")
                        && (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 3) != 0) {
                    return List.of("env", "--default-signal=HUP,INT");
                }
            }
        } catch (IOException e) {
            return List.of(); // no Linux
        }
        return List.of();
    }

    /**
     * Returns what a program wrote to standard error, without the line of a listener that it listens, and without the
     * warning of a slow accept filter: the first call in a JVM loads classes, which takes long on a busy machine.
     */
    public static String errors(Peer program) throws IOException {
        return program.errors()
                .lines()
                .filter(line -> !line.startsWith("srt-netty: listening on "))
                .filter(line -> !line.startsWith("srt-netty: WARN SrtAcceptFilter: the accept filter took "))
                .map(line -> line + '\n')
                .collect(Collectors.joining());
    }
}
