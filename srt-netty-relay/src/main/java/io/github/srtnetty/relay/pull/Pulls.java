// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.github.srtnetty.channel.SrtRejectedException;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Pulls the streams that are played here and published on another node, each once. A pull begins with the first player,
 * follows its stream from node to node, and ends some seconds after the last player. Decisions are made on one event
 * loop; any thread may call the methods, which return immediately.
 */
public final class Pulls implements DirectoryListener, AutoCloseable {
    /** The code of a failure that is not a rejection. */
    private static final int NO_CODE = -1;

    private final PullParts parts;
    private final EventLoop loop;
    /** Changed on the loop only. */
    private final Map<String, Pull> pulls = new ConcurrentHashMap<>();

    private final Set<PullConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Creates the pulls of a node; the caller adds them to the listeners of the directory. */
    public Pulls(PullParts parts) {
        this.parts = parts;
        loop = parts.loops().next();
    }

    /** Checks a stream whose publisher, players or entry may have changed. */
    public void look(String name) {
        if (parts.streams().find(name) != null || pulls.containsKey(name)) {
            onLoop(() -> lookNow(name));
        }
    }

    /** Returns the number of connections to other nodes, with those that are being opened or closed. */
    public int connections() {
        return connections.size();
    }

    @Override
    public void changed(String name) {
        look(name);
    }

    @Override
    public void nodesChanged(List<DirectoryNode> nodes) {
        onLoop(() -> {
            for (PullConnection connection : connections) {
                if (!isMember(connection.origin().node())) {
                    connection.end();
                }
            }
            pulls.keySet().forEach(this::lookNow);
        });
    }

    /** Closes all connections; starts no further ones. */
    @Override
    public void close() {
        closed = true;
        connections.forEach(PullConnection::close);
    }

    private void lookNow(String name) {
        Pull pull = pulls.get(name);
        if (closed) {
            return;
        }
        LiveStream stream = parts.streams().find(name);
        StreamSource source = stream == null ? null : stream.source();
        if (source != null && !source.isPull()) {
            giveWay(name, pull);
            return;
        }
        int players = stream == null ? 0 : stream.players();
        StreamEntry origin = origin(name);
        if (pull != null) {
            follow(name, pull, origin, players);
        } else if (players > 0 && origin != null) {
            pull = new Pull(origin);
            pulls.put(name, pull);
            connect(name, pull);
        }
    }

    /** Ends a pull: the publisher of this node takes over after the last data of its predecessor. */
    private void giveWay(String name, @Nullable Pull pull) {
        if (pull != null) {
            remove(name, pull);
            PullConnection connection = pull.connection();
            if (connection != null) {
                connection.endWhenDelivered();
            }
        }
    }

    private void follow(String name, Pull pull, @Nullable StreamEntry origin, int players) {
        PullConnection before = pull.connection();
        if (origin != null && pull.follow(origin) && before != null) {
            leave(pull, before);
        }
        if (origin == null ? before == null : players == 0 && pull.connection() == null) {
            remove(name, pull); // a connection without an entry is closed by the origin, when all is delivered
        } else if (players > 0) {
            pull.cancelLinger();
            if (origin != null && pull.isIdle()) {
                connect(name, pull);
            }
        } else if (!pull.lingers()) {
            pull.linger(
                    loop.schedule(() -> lingered(name, pull), parts.policy().lingerMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Leaves a connection to a node that no longer has the stream. */
    private void leave(Pull pull, PullConnection connection) {
        pull.leave(connection);
        if (isMember(connection.origin().node())) {
            connection.endWhenDelivered();
        } else {
            connection.end();
        }
    }

    private void lingered(String name, Pull pull) {
        LiveStream stream = parts.streams().find(name);
        pull.cancelLinger();
        if (pulls.get(name) == pull && (stream == null || stream.players() == 0)) {
            remove(name, pull);
            PullConnection connection = pull.connection();
            if (connection != null) {
                connection.close();
            }
        }
    }

    private void remove(String name, Pull pull) {
        pull.cancelRetry();
        pull.cancelLinger();
        pulls.remove(name, pull);
    }

    private void connect(String name, Pull pull) {
        StreamEntry origin = pull.origin();
        parts.counts().attempts().increment();
        InetSocketAddress address = PullAddress.parse(origin.pullAddress());
        if (address == null) {
            fail(name, pull, NO_CODE, "the directory has no address for it: " + origin.pullAddress());
            return;
        }
        if (!parts.keys().hasSecret() && !address.getAddress().isLoopbackAddress()) {
            fail(name, pull, NO_CODE, "the cluster has no secret, and " + origin.pullAddress() + " is not loopback");
            return;
        }
        PullConnection connection = new PullConnection(origin, parts, new Ends(name));
        connections.add(connection);
        pull.use(connection);
        connection.connect(address);
    }

    private void fail(String name, Pull pull, int code, String why) {
        parts.counts().failures().increment();
        if (pull.isNews(code)) {
            parts.log()
                    .connection("stream=" + name + " role=pull node="
                            + pull.origin().node() + " failed: " + why);
        }
        boolean lasts = code == SrtRejectReason.UNAUTHORIZED.code() || code == SrtRejectReason.BADSECRET.code();
        int millis =
                lasts ? parts.policy().refusedRetryMillis() : parts.policy().retryMillis(pull.fail());
        retryIn(name, pull, millis);
    }

    private void retryIn(String name, Pull pull, int millis) {
        pull.retry(loop.schedule(
                () -> {
                    pull.cancelRetry();
                    if (pulls.get(name) == pull) {
                        lookNow(name);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS));
    }

    private @Nullable StreamEntry origin(String name) {
        StreamEntry entry = parts.directory().find(name);
        return entry == null
                        || entry.pullAddress().isEmpty()
                        || entry.node().equals(parts.directory().self())
                ? null
                : entry;
    }

    private boolean isMember(String node) {
        return parts.directory().nodes().stream().anyMatch(one -> one.name().equals(node));
    }

    private void onLoop(Runnable task) {
        if (closed) {
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            closed = true; // the relay has ended
        }
    }

    /** The consequences of the end of a connection. */
    private final class Ends implements PullConnection.Listener {
        private final String name;

        Ends(String name) {
            this.name = name;
        }

        @Override
        public void failed(PullConnection connection, Throwable cause) {
            connections.remove(connection);
            int code = cause instanceof SrtRejectedException rejected
                    ? rejected.reason().code()
                    : NO_CODE;
            onLoop(() -> {
                Pull pull = pulls.get(name);
                if (pull != null && pull.leave(connection)) {
                    fail(name, pull, code, String.valueOf(cause.getMessage()));
                    lookNow(name);
                }
            });
        }

        @Override
        public void left(PullConnection connection) {
            ended(connection);
        }

        @Override
        public void closed(PullConnection connection) {
            connections.remove(connection);
            ended(connection);
        }

        private void ended(PullConnection connection) {
            onLoop(() -> {
                Pull pull = pulls.get(name);
                if (pull != null && pull.leave(connection)) {
                    if (connection.hasLasted()) {
                        pull.succeed();
                    }
                    retryIn(name, pull, parts.policy().retryMillis(pull.fail()));
                    lookNow(name);
                }
            });
        }
    }
}
