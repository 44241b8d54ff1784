// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.access.Exposure;
import io.github.srtnetty.relay.config.RelayRules;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;

/** Rejects addresses and rules that do not fit together, before a port is opened or rules take effect. */
final class ListenerChecks {
    private ListenerChecks() {}

    /** Checks the addresses of a relay that starts. */
    static void check(RelayRules rules, List<SrtUri> addresses) throws IOException {
        for (SrtUri address : addresses) {
            checkListener(address);
        }
        checkRules(rules, addresses);
    }

    /** Checks rules for the addresses of a relay. */
    static void checkRules(RelayRules rules, List<SrtUri> addresses) throws IOException {
        for (SrtUri address : addresses) {
            new Exposure(rules).check(address, Exposure.local(address));
        }
        for (int port : new TreeSet<>(rules.defaultStreamIds().keySet())) {
            if (addresses.stream().noneMatch(address -> address.port() == port)) {
                throw new IOException("defaultStreamIds: \"" + port + "\": no listener has this port");
            }
        }
    }

    private static void checkListener(SrtUri address) throws IOException {
        if (address.mode() != SrtConnectionMode.LISTENER) {
            throw new IOException(address + ": a relay only listens; write srt://:port, or add mode=listener");
        }
        if (address.option(SrtChannelOption.SRTO_STREAMID) != null) {
            throw new IOException(PeerText.hostAndPort(address.bindAddress())
                    + ": streamid has no effect on a listener; to give one to callers without a"
                    + " stream id, set defaultStreamIds in the configuration");
        }
    }
}
