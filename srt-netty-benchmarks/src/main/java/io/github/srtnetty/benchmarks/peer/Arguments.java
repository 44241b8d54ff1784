// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.benchmarks.peer;

import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.netty.bootstrap.AbstractBootstrap;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The arguments of {@code bench.c}: PORT live|file LATENCY_MS CONNECTIONS and two numbers more. */
record Arguments(int port, boolean live, int latencyMillis, int connections, double fifth, double sixth) {
    private static final int COUNT = 6;

    static Arguments parse(String[] args) {
        if (args.length != COUNT) {
            throw new IllegalArgumentException("PORT live|file LATENCY_MS CONNECTIONS and two numbers, see bench.c");
        }
        return new Arguments(
                Integer.parseInt(args[0]),
                args[1].equals("live"),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Double.parseDouble(args[4]),
                Double.parseDouble(args[5]));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    void applyTo(AbstractBootstrap<?, ?> bootstrap) {
        if (live) {
            bootstrap.option(SrtChannelOption.SRTO_LATENCY, latencyMillis);
        } else {
            bootstrap.option(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE);
        }
    }
}
