// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The installed headers of libsrt, asked by a C compiler: which names they know and what expressions are worth. */
final class CHeader {
    private static final String INCLUDES = """
            #include <stddef.h>
            #include <stdio.h>
            #include <netinet/in.h>
            #include <sys/socket.h>
            #include <srt/srt.h>
            #include <srt/access_control.h>
            #ifdef __linux__
            #include <linux/filter.h>
            #endif
            """;

    private final Path folder;
    private final String compiler;
    private final String preprocessed;

    private CHeader(Path folder, String compiler) throws IOException, InterruptedException {
        this.folder = folder;
        this.compiler = compiler;
        Path source = Files.writeString(folder.resolve("names.c"), INCLUDES);
        preprocessed = run(folder, List.of(compiler, "-E", "-dD", source.toString()));
    }

    /**
     * Preprocesses the headers.
     *
     * @throws IOException when there is no compiler or no header, with what to do
     */
    static CHeader open(Path folder) throws IOException, InterruptedException {
        String compiler = System.getenv().getOrDefault("CC", "cc");
        try {
            return new CHeader(folder, compiler);
        } catch (IOException e) {
            throw new IOException(
                    "needs a C compiler (CC, or cc) and libsrt's headers (Debian: libsrt-openssl-dev): "
                            + e.getMessage(),
                    e);
        }
    }

    boolean knows(String name) {
        return Pattern.compile("\\b" + name + "\\b").matcher(preprocessed).find();
    }

    /** Returns every name that the whole of {@code pattern} matches, comments and switched-off lines excepted. */
    Set<String> names(String pattern) {
        Set<String> names = new LinkedHashSet<>();
        Pattern.compile("\\b" + pattern + "\\b")
                .matcher(preprocessed)
                .results()
                .map(MatchResult::group)
                .forEach(names::add);
        return names;
    }

    /** Returns the fields of a struct that is declared as {@code struct name {...}}, in their order. */
    Set<String> fields(String struct) {
        String body = preprocessed.substring(preprocessed.indexOf("struct " + struct));
        body = body.substring(body.indexOf('{') + 1, body.indexOf('}'));
        Set<String> fields = new LinkedHashSet<>();
        Pattern.compile("(\\w+)\\s*;").matcher(body).results().forEach(field -> fields.add(field.group(1)));
        return fields;
    }

    /** Compiles and runs a program that prints each expression, and returns their values. */
    Map<String, Long> evaluate(Iterable<String> expressions) throws IOException, InterruptedException {
        StringBuilder program = new StringBuilder(INCLUDES).append("int main(void) {\n");
        for (String expression : expressions) {
            program.append("printf(\"%s=%lld\\n\", \"")
                    .append(expression)
                    .append("\", (long long) (")
                    .append(expression)
                    .append("));\n");
        }
        Path source = Files.writeString(folder.resolve("values.c"), program.append("return 0; }\n"));
        String binary = folder.resolve("values").toString();
        run(folder, List.of(compiler, "-std=gnu11", "-w", "-o", binary, source.toString()));
        Map<String, Long> values = new LinkedHashMap<>();
        for (String line : run(folder, List.of(binary)).lines().toList()) {
            int equals = line.lastIndexOf('=');
            values.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
        }
        return values;
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command + " failed: " + Files.readString(errors, UTF_8));
        }
        return Files.readString(output, UTF_8);
    }
}
