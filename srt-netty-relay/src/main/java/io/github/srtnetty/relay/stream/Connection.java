// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The connection of a publisher, a player or another node of the cluster. Any thread. */
public final class Connection {
    /** Enough for a name, an e-mail address or a UUID. */
    public static final int MOST_USER_CHARS = 64;

    private final Channel channel;
    private final String id = ConnectionIds.next();
    private final String peer;
    private final @Nullable String node;
    private final Instant since = Instant.now();
    private final long sinceNanos = System.nanoTime();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile String user = "";

    /** Reads the peer's address; for a publisher or player. */
    public Connection(Channel channel) {
        this(channel, null);
    }

    /**
     * Reads the peer's address.
     *
     * @param node the name of the node at the other end that pulls a stream or is pulled, null for any other peer
     */
    public Connection(Channel channel, @Nullable String node) {
        this.channel = channel;
        this.node = node;
        peer = channel.remoteAddress() instanceof InetSocketAddress inet ? PeerText.hostAndPort(inet) : "?";
        channel.closeFuture().addListener(closed -> ended.complete(null));
    }

    public Channel channel() {
        return channel;
    }

    /** Returns the name of this connection, unique in this process. */
    public String id() {
        return id;
    }

    /** Returns when it was accepted. */
    public Instant since() {
        return since;
    }

    /** Returns address and port of the peer, "?" if unknown. */
    public String peer() {
        return peer;
    }

    /** Returns the name of the user for a person to read, empty where it is not known: {@link #user()}, escaped. */
    public String label() {
        return PeerText.printable(user);
    }

    /** Returns the name of the user, empty where it is not known. The peer, its token or the hook chose it. */
    public String user() {
        return user;
    }

    /** Sets the name of the user, of which {@link #MOST_USER_CHARS} characters are kept. */
    public void user(String name) {
        String bare = name.strip();
        user = bare.codePointCount(0, bare.length()) <= MOST_USER_CHARS
                ? bare
                : bare.substring(0, bare.offsetByCodePoints(0, MOST_USER_CHARS));
    }

    /** Returns the name of the node at the other end, null where the peer is a publisher or a player. */
    public @Nullable String node() {
        return node;
    }

    /** Returns the age of the connection in seconds. */
    public double seconds() {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** Returns libsrt's statistics, null if there are none. */
    public @Nullable SrtStatistics statistics() {
        return channel instanceof SrtChannel srt ? srt.statistics() : null;
    }

    /** Returns whether the peer has left, see {@link SrtChannel#isPeerGone}. */
    public boolean isPeerGone() {
        return channel instanceof SrtChannel srt ? srt.isPeerGone() : !channel.isOpen();
    }

    /** Returns a future that completes when the channel is closed. */
    public CompletableFuture<Void> ended() {
        return ended;
    }
}
