// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Hosts of a network that is apart from the machine's: namespaces of Linux at a bridge, each with a link to cut. */
final class Namespaces implements AutoCloseable {
    private final String prefix;
    private final List<String> created = new ArrayList<>();

    /** Makes so many hosts, or skips the test where the rights are missing. */
    Namespaces(int hosts) {
        this("srt" + Integer.toString(ThreadLocalRandom.current().nextInt(1 << 20), Character.MAX_RADIX));
        // not Needs: a container may forbid it to root as well, whatever is installed
        assumeTrue(create(hub()), "ip netns add: Linux, package iproute2 and the rights of root");
        try {
            run("ip", "-n", hub(), "link", "add", "name", "switch", "type", "bridge");
            run("ip", "-n", hub(), "link", "set", "switch", "up");
            for (int i = 0; i < hosts; i++) {
                addHost(i);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Namespaces(String prefix) {
        this.prefix = prefix;
    }

    /** Returns hosts that another process has made, and removes. */
    static Namespaces named(String prefix) {
        return new Namespaces(prefix);
    }

    /** Returns how the names of the hosts begin. */
    String prefix() {
        return prefix;
    }

    /** Returns the address of a host. */
    static String address(int host) {
        return "10.77.0." + (1 + host);
    }

    /** Returns the beginning of a command line that runs on a host. */
    List<String> on(int host) {
        return List.of("ip", "netns", "exec", host(host));
    }

    /** Drops all packets from and to a host, as a switch does whose port fails: neither side notices it. */
    void cut(int host) {
        run("bridge", "-n", hub(), "link", "set", "dev", "v" + host, "state", "0");
    }

    void heal(int host) {
        run("bridge", "-n", hub(), "link", "set", "dev", "v" + host, "state", "3");
    }

    /** Drops all packets between two hosts, which still reach the others: neither side notices it. */
    void cutBetween(int host, int other) {
        isolate("on", host, other);
    }

    void healBetween(int host, int other) {
        isolate("off", host, other);
    }

    /** A bridge forwards nothing between two ports that are both isolated. */
    private void isolate(String onOrOff, int... ports) {
        for (int port : ports) {
            run("bridge", "-n", hub(), "link", "set", "dev", "v" + port, "isolated", onOrOff);
        }
    }

    private void addHost(int host) {
        if (!create(host(host))) {
            throw new IllegalStateException("no namespace " + host(host));
        }
        run("ip", "-n", hub(), "link", "add", "v" + host, "type", "veth", "peer", "name", "eth0", "netns", host(host));
        run("ip", "-n", hub(), "link", "set", "v" + host, "master", "switch");
        run("ip", "-n", hub(), "link", "set", "v" + host, "up");
        run("ip", "-n", host(host), "link", "set", "lo", "up");
        run("ip", "-n", host(host), "addr", "add", address(host) + "/24", "dev", "eth0");
        run("ip", "-n", host(host), "link", "set", "eth0", "up");
    }

    private boolean create(String name) {
        try {
            run("ip", "netns", "add", name);
            created.add(name);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private String hub() {
        return prefix + "-hub";
    }

    private String host(int host) {
        return prefix + "-" + host;
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Arrays.toString(command) + " fails: " + output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        for (String name : created) {
            run("ip", "netns", "delete", name);
        }
        created.clear();
    }
}
