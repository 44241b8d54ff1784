// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.time.Instant;

/** Calls the listener for other nodes of the node that an entry names. */
public final class PullCaller {
    private final EventLoopGroup group;
    private final StreamEntry entry;

    /** Calls with an event loop. */
    public PullCaller(EventLoopGroup group, StreamEntry entry) {
        this.group = group;
        this.entry = entry;
    }

    /** Returns the code with which a pull is rejected that began at a time, 0 where it is let in. */
    public int code(String passphraseOf, String proofOf, Instant now) throws InterruptedException {
        String id = PullId.text(entry, "b", PullKeys.of(proofOf, () -> now));
        return code(id, PullKeys.of(passphraseOf).passphrase());
    }

    /** Returns the code for a stream id of any kind, from a caller that has the right passphrase. */
    public int codeOf(String id) throws InterruptedException {
        return code(id, PullKeys.of("guessed").passphrase());
    }

    private int code(String id, String passphrase) throws InterruptedException {
        int port = PullAddress.parse(entry.pullAddress()).getPort();
        return Callers.rejectCode(
                Callers.connectInProcess(group, port, id, passphrase, new ChannelInboundHandlerAdapter()));
    }
}
