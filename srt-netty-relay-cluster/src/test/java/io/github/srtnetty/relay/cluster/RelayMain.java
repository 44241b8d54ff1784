// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.relay.RelayConfig;
import io.github.srtnetty.relay.RelayOptions;
import io.github.srtnetty.relay.RelayServer;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A relay in a process of its own, which a test kills and stops; prints its ports when it is ready. */
final class RelayMain {
    private RelayMain() {}

    /** Arguments: name, address, port of the engine, seeds. Ends when its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        InetAddress address = InetAddress.getByName(arguments[1]);
        boolean open = !address.isLoopbackAddress();
        ClusterSettings settings = new ClusterSettings(
                arguments[0],
                new InetSocketAddress(address, Integer.parseInt(arguments[2])),
                List.of(arguments[3].split(",")),
                "",
                "a secret of the test",
                null,
                "",
                new InetSocketAddress(address, 0),
                OnSplit.ACCEPT,
                3,
                open);
        SrtUri listener = SrtUri.parse("srt://" + arguments[1] + ":0?mode=listener&latency=200&tlpktdrop=0");
        RelayOptions options = RelayOptions.of(
                        List.of(listener), open ? RelayConfig.DEFAULT.opened() : RelayConfig.DEFAULT)
                .withHttp(new InetSocketAddress(address, 0))
                .withCluster(settings);
        try (RelayServer relay = RelayServer.start(options)) {
            System.out.println("ready " + relay.addresses().get(0).getPort() + " "
                    + relay.httpAddress().getPort());
            while (System.in.read() >= 0) {
                // until the test ends
            }
        }
        System.exit(0); // not halt(), which ends libsrt without an order
    }
}
