// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs {@link ChildProgram} in a JVM of its own, for what a process can do only once. */
final class ChildJvm {
    private static final int LIMIT_SECONDS = 110;
    private static final int FIRST_JAVA_THAT_ASKS = 24;

    /** How a child ended and what it wrote. */
    record Result(int exitCode, List<String> lines, String errors) {}

    private ChildJvm() {}

    static Result run(String scenario, String... options) throws IOException, InterruptedException {
        return runWith(System.getProperty("java.class.path"), scenario, options);
    }

    static Result runWith(String classPath, String scenario, String... options)
            throws IOException, InterruptedException {
        return runWith(Map.of(), classPath, scenario, options);
    }

    /** Runs it with these environment variables too. */
    static Result runWith(Map<String, String> variables, String classPath, String scenario, String... options)
            throws IOException, InterruptedException {
        return start(variables, List.of(), classPath, scenario, options);
    }

    /** Runs it by another program, whose last arguments are the command. */
    static Result runUnder(List<String> prefix, String classPath, String scenario, String... options)
            throws IOException, InterruptedException {
        return start(Map.of(), prefix, classPath, scenario, options);
    }

    private static Result start(
            Map<String, String> variables, List<String> prefix, String classPath, String scenario, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash"));
        if (Runtime.version().feature() >= FIRST_JAVA_THAT_ASKS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, ChildProgram.class.getName(), scenario));
        Path folder = Files.createTempDirectory("srt-netty-child");
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(scenario + " did not end: " + Files.readString(errors));
            }
            return new Result(process.exitValue(), Files.readAllLines(output, UTF_8), Files.readString(errors, UTF_8));
        } finally {
            delete(folder);
        }
    }

    /** Returns the class path of the tests without the entries that {@code unwanted} matches. */
    static String classPathWithout(Predicate<String> unwanted) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(unwanted.negate())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
