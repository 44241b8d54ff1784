// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.monitor.CallerStatistics;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;

/** Stops other processes as a debugger or a swapping machine does, and lets them go on. */
final class Stopped {
    private Stopped() {}

    /** Starts a player in a process of its own, waits until it is connected, and stops it. */
    static Peer player(int port, String streamId, CallerStatistics callers) throws IOException, InterruptedException {
        long before = callers.accepted(Role.PLAY).sum();
        Peer player = Peer.start(
                "srt-live-transmit", "-q", "-a:no", "srt://127.0.0.1:" + port + "?streamid=" + streamId, "file://con");
        Await.until("it plays", () -> callers.accepted(Role.PLAY).sum() > before);
        player.signal("STOP");
        return player;
    }
}
