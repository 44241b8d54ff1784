// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import io.github.srtnetty.examples.Cli;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.FreePorts;
import io.github.srtnetty.testing.Http;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A relay as a user starts it, in a process of its own. */
final class ChildRelay implements AutoCloseable {
    /** Its heap is in memory from the start, so that resident memory shows what grows beside it. */
    private static final List<String> WHOLE_HEAP = List.of("-Xmx128m", "-Xms128m", "-XX:+AlwaysPreTouch");

    /** In a cluster it takes some seconds, also on an idle machine. */
    private static final Duration START = Duration.ofSeconds(60);

    private static final Pattern PORT = Pattern.compile("listens on 127\\.0\\.0\\.1:(\\d+)\\R");

    private final int port;
    private final int httpPort;
    private final Peer process;

    ChildRelay(String options, String... more) throws IOException {
        httpPort = FreePorts.tcp();
        List<String> command = new ArrayList<>(List.of("relay", "--listen"));
        command.add("srt://127.0.0.1:0?mode=listener&" + options); // one found free here may be taken by then
        command.addAll(List.of("--http", "127.0.0.1:" + httpPort));
        command.addAll(List.of(more));
        process = Cli.start(WHOLE_HEAP, command.toArray(String[]::new));
        try {
            Await.until("the port", START, () -> PORT.matcher(errors()).find());
            Matcher found = PORT.matcher(errors());
            port = found.find() ? Integer.parseInt(found.group(1)) : 0;
            Await.until("the relay is healthy", START, () -> page("/healthz").equals("ok\n"));
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    private String errors() {
        try {
            return process.errors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    Peer process() {
        return process;
    }

    /** Returns a status page, empty where nobody answers. */
    String page(String path) {
        try {
            return Http.get(httpPort, path).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns how many players /streams has. */
    int players() {
        return count("\"queuedBytes\"", page("/streams"));
    }

    /** Returns the first number of a field in /streams, -1 where there is none. */
    long number(String field) {
        Matcher found = Pattern.compile('"' + field + "\":(\\d+)").matcher(page("/streams"));
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    /** Returns the resident memory in MiB. */
    long residentMebibytes() throws IOException {
        return status("VmRSS") / 1024;
    }

    /** Returns how long its threads worked so far. */
    Duration cpuTime() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow();
    }

    long threads() throws IOException {
        return status("Threads");
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    private long status(String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError(field);
    }

    private static int count(String word, String text) {
        return text.split(Pattern.quote(word), -1).length - 1;
    }
}
