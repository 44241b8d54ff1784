// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that runs beside the test, its output kept in files. Killed on close. */
public final class Peer implements AutoCloseable {
    /** Linux: the bound sockets of both versions of IP, with address and port as hexadecimal digits. */
    private static final List<Path> UDP_TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    /** Linux: the groups that this host has joined, each as hexadecimal digits with the last byte first. */
    private static final Path GROUPS = Path.of("/proc/net/igmp");

    private static final int PROBE_MILLIS = 50;

    /** Beside Surefire's files, so that the build finds secrets in it. */
    private static final Path LOG_OF_JVMS = Path.of("target", "surefire-reports", "started-programs-output.txt");

    private static boolean logHasBegun;

    private final Process process;
    private final Path folder;
    private final boolean isJvm;

    private Peer(Process process, Path folder, boolean isJvm) {
        this.process = process;
        this.folder = folder;
        this.isJvm = isJvm;
    }

    /** Starts a program; it must be installed, there is no skipping. */
    public static Peer start(List<String> command) throws IOException {
        Path folder = Files.createTempDirectory("srt-netty-peer");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        boolean isJvm =
                command.stream().anyMatch(word -> word.endsWith("/bin/java")); // ours; others show their arguments
        return new Peer(process, folder, isJvm);
    }

    public static Peer start(String... command) throws IOException {
        return start(List.of(command));
    }

    /** Returns a UDP port for a program that binds it later, see {@link FreePorts}. */
    public static int freePort() {
        return FreePorts.udp();
    }

    /** Waits until some program has bound a UDP port of this host. */
    public static void awaitBound(int port) {
        Await.until("UDP port " + port + " is bound", Duration.ofSeconds(20), () -> isBound(port));
    }

    private static boolean isBound(int port) {
        List<Path> tables = UDP_TABLES.stream().filter(Files::isReadable).toList();
        return tables.isEmpty() ? takesADatagram(port) : tables.stream().anyMatch(table -> hasPort(table, port));
    }

    private static boolean hasPort(Path table, int port) {
        String end = String.format(":%04X", port);
        try (Stream<String> lines = Files.lines(table)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .anyMatch(columns -> columns.length > 1 && columns[1].endsWith(end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns whether no ICMP message refuses a datagram, which SRT ignores. Linux sends a thousand of them a second
     * for the whole host, so that one which is missing proves little there.
     */
    private static boolean takesADatagram(int port) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PROBE_MILLIS);
            socket.send(new DatagramPacket(new byte[1], 1));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) { // ICMP says that the port is not in use
            return false;
        }
    }

    /**
     * Waits until this program has joined a multicast group, and fails at once when it has ended. It looks at the
     * kernel's table: a bind() of the test's own would take the port from a program that binds at the same moment.
     */
    public void awaitJoined(InetSocketAddress group) {
        byte[] address = group.getAddress().getAddress();
        String line = String.format("%02X%02X%02X%02X ", address[3], address[2], address[1], address[0]);
        Await.until(group + " is joined", Duration.ofSeconds(20), () -> {
            try {
                if (!process.isAlive()) {
                    throw new AssertionError("ended with " + process.exitValue() + " and said: " + errors());
                }
                return Files.readString(GROUPS).contains(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Returns its standard input. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Waits for the end of the program; returns its exit code. */
    public int awaitExit(Duration atMost) throws IOException, InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still runs after " + atMost + "; it said: " + errors());
        }
        return process.exitValue();
    }

    /** Returns what it wrote to standard output so far. */
    public byte[] output() throws IOException {
        return Files.readAllBytes(folder.resolve("output"));
    }

    /** Returns the file that its standard output goes to. */
    public Path outputFile() {
        return folder.resolve("output");
    }

    /** Returns what it wrote to standard error so far. */
    public String errors() throws IOException {
        return Files.readString(folder.resolve("errors"), StandardCharsets.UTF_8);
    }

    /** Waits until it has written {@code text} to standard error. */
    public void awaitErrors(String text) {
        Await.until("\"" + text + "\" of the peer", Duration.ofSeconds(20), () -> {
            try {
                return errors().contains(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Waits until srt-live-transmit has connected: what it reads before, it throws away, though the listener may have
     * accepted it already.
     */
    public void awaitTargetConnected() {
        awaitErrors("SRT target connected");
    }

    /** Returns its process id, for signals of other kinds. */
    public long pid() {
        return process.pid();
    }

    /** Sends a signal, {@code INT} or {@code TERM} for example, as a shell or a service manager does. */
    public void signal(String name) throws IOException, InterruptedException {
        signal(name, pid());
    }

    /** Sends a signal to another process. */
    public static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        if (!kill.waitFor(20, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("kill -" + name + " " + pid + ": " + kill);
        }
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Path errors = folder.resolve("errors");
        if (isJvm && Files.exists(errors)) {
            appendToLog(Files.readAllBytes(errors));
        }
        for (String name : List.of("output", "errors")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }

    private static synchronized void appendToLog(byte[] errors) throws IOException {
        StandardOpenOption how = logHasBegun ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        logHasBegun = true;
        Files.createDirectories(LOG_OF_JVMS.getParent());
        Files.write(LOG_OF_JVMS, errors, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
    }
}
