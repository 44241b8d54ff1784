// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.testing.ChildJvm;
import io.github.srtnetty.testing.Http;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A relay in a process of its own; see {@link RelayMain}. Killed on close. */
final class RelayNode implements AutoCloseable {
    private static final int START_SECONDS = 150;
    private static final int END_SECONDS = 30;

    private final String address;
    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private RelayNode(String address, Process process) {
        this.address = address;
        this.process = process;
        Thread reader = new Thread(this::read, "reads a relay");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one on the loopback interface, without waiting for it. */
    static RelayNode start(String name, int enginePort, String seeds) throws IOException {
        return start(List.of(), name, "127.0.0.1", enginePort, seeds);
    }

    /**
     * Starts one, without waiting for it.
     *
     * @param under a program that runs it, empty for none
     */
    static RelayNode start(List<String> under, String name, String address, int enginePort, String seeds)
            throws IOException {
        String port = Integer.toString(enginePort);
        return new RelayNode(address, ChildJvm.startUnder(under, RelayMain.class, name, address, port, seeds));
    }

    /** Returns the address of its listener, once it is ready. */
    InetSocketAddress listener() {
        return new InetSocketAddress(address, word(1));
    }

    /** Returns whether it has printed its ports. */
    boolean isReady() {
        return ready.isDone();
    }

    /** Returns the body of a page. */
    String get(String path) throws IOException, InterruptedException {
        return Http.get(address, word(2), path).body();
    }

    /** Moves its streams to other nodes. */
    void drain() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + ":" + word(2) + "/api/v1/drain"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status / 100 != 2) {
            throw new AssertionError("drain was answered " + status);
        }
    }

    /** Ends it in good order, and waits for that. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            signal("QUIT"); // prints what its threads do
            process.waitFor(8, TimeUnit.SECONDS);
            throw new AssertionError("the relay does not end; it printed " + output);
        }
    }

    Queue<String> output() {
        return output;
    }

    void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private int word(int index) {
        try {
            return Integer.parseInt(ready.get(START_SECONDS, TimeUnit.SECONDS).split(" ")[index]);
        } catch (Exception e) {
            throw new AssertionError("the relay is not ready; it printed " + output, e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.startsWith("ready ")) {
                    ready.complete(line);
                }
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
        ready.completeExceptionally(new IOException("the relay has ended"));
    }
}
