// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A node in a process of its own; see {@link NodeMain}. Killed on close. */
final class ChildNode implements AutoCloseable {
    private static final int START_SECONDS = 150;
    private static final int ANSWER_SECONDS = 120;

    private final String name;
    private final Process process;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private ChildNode(String name, Process process) {
        this.name = name;
        this.process = process;
        answers.put("0", ready);
        Thread reader = new Thread(this::read, "reads " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a node, without waiting for it.
     *
     * @param under a program that runs it, empty for none
     * @param expected nodes for a majority, 0 to accept always
     */
    static ChildNode start(
            List<String> under, String name, String address, int port, int expected, List<String> seeds) {
        try {
            return new ChildNode(
                    name,
                    ChildJvm.startUnder(
                            under,
                            NodeMain.class,
                            name,
                            address,
                            Integer.toString(port),
                            Integer.toString(expected),
                            String.join(",", seeds)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** Waits until it is in the cluster; returns how long its start took, apart from that of the JVM. */
    long awaitReady() {
        return Long.parseLong(await(ready, START_SECONDS));
    }

    /** Sends a command, and returns its answer when it comes. */
    CompletableFuture<String> send(String command) {
        String number = Integer.toString(numbers.incrementAndGet());
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.put(number, answer);
        try {
            OutputStream out = process.getOutputStream();
            synchronized (out) {
                out.write((number + " " + command + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    /** Sends a command and waits for its answer. */
    String ask(String command) {
        return await(send(command), ANSWER_SECONDS);
    }

    /** Returns the losses so far, as {@code name winner}. */
    Queue<String> lost() {
        return lost;
    }

    /** Returns all other output. */
    Queue<String> output() {
        return output;
    }

    void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as the system's out-of-memory killer does. */
    void kill() {
        signal("KILL");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 3);
                CompletableFuture<String> answer =
                        words.length == 3 && words[0].equals("=") ? answers.remove(words[1]) : null;
                if (answer != null) {
                    answer.complete(words[2]);
                } else if (line.startsWith("! ")) {
                    lost.add(line.substring(2));
                } else {
                    output.add(line);
                }
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
        answers.values().forEach(answer -> answer.completeExceptionally(new IOException(name + " has ended")));
    }

    private String await(CompletableFuture<String> answer, int seconds) {
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (Exception e) {
            signal("QUIT"); // prints what its threads do
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            throw new AssertionError(name + " does not answer; it printed\n" + String.join("\n", output), e);
        }
    }
}
