// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.media.Loops;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One file over one connection. A listener listens until it has agreed on a file with a caller; rejected callers, and
 * callers that send no request in time, do not end it. A signal aborts the transfer and waits until no partial file is
 * left.
 */
final class Transfer {
    private static final int END_MILLIS = 1200;
    /** Callers that may wait while one sends its request. */
    private static final int MOST_CALLERS = 8;

    private final SrtUri uri;
    private final FileOptions options;
    private Endpoint.IdFilter ids = Endpoint.ANY_ID;
    private Closeable file = () -> {};
    private @Nullable SilentEnd silentEnd;

    Transfer(SrtUri uri, FileOptions options) {
        this.uri = uri;
        this.options = options;
    }

    /** Agrees with a peer on a file, on a connection that is being read. */
    @FunctionalInterface
    interface Action {
        /** Fails if this side rejects it; the result transfers the file. */
        Agreed agree(StreamConnection connection) throws IOException;
    }

    /** Sets which stream ids a listener accepts; see {@link Endpoint}. */
    Transfer accepting(Endpoint.IdFilter acceptedIds) {
        ids = acceptedIds;
        return this;
    }

    /** Closes a file opened before, even without a connection. */
    Transfer closing(Closeable opened) {
        file = opened;
        return this;
    }

    /** Sets how the process ends before the transfer is done. */
    Transfer endingBy(SilentEnd end) {
        silentEnd = end;
        return this;
    }

    /** Connects or waits for callers, and then transfers. */
    void run(Action action) throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Closeable opened = file;
        try (Loops loops = new Loops();
                Endpoint endpoint = new Endpoint(uri, loops, options.limit(), new Places(MOST_CALLERS), ids);
                opened) {
            Session.onSignal(() -> breakOff(endpoint, ended));
            endpoint.open();
            StandardStreams.println(transferred(endpoint, action).toString());
        } finally {
            ended.countDown();
        }
    }

    private Transferred transferred(Endpoint endpoint, Action action) throws IOException, InterruptedException {
        while (true) {
            try (StreamConnection connection = endpoint.next()) {
                connection.start();
                Agreed agreed = agreed(endpoint, connection, action);
                if (agreed != null) {
                    endpoint.keepOnly(connection);
                    return transferred(connection, agreed);
                }
            }
        }
    }

    private Transferred transferred(StreamConnection connection, Agreed agreed) throws IOException {
        try {
            Transferred done = agreed.transfer();
            if (silentEnd != null) {
                silentEnd.disarm();
            }
            return done;
        } catch (IOException
                | RuntimeException
                | Error e) { // whatever it is: an orderly close would say that all is sent
            if (silentEnd != null && !Session.isEndedBySignal()) {
                silentEnd.fail(e);
            }
            connection.abort();
            throw e;
        }
    }

    /** Returns null where a listener refuses a caller. */
    private @Nullable Agreed agreed(Endpoint endpoint, StreamConnection connection, Action action) throws IOException {
        if (!endpoint.listens()) {
            return action.agree(connection);
        }
        try {
            connection.limit(options.requestLimit());
            Agreed agreed = action.agree(connection);
            connection.limit(options.limit());
            return agreed;
        } catch (IOException e) {
            if (Session.isEndedBySignal()) {
                throw e;
            }
            connection.abort();
            endpoint.notices().print(Failures.describe(connection.peer(), e) + "; still listening");
            return null;
        }
    }

    private void breakOff(Endpoint endpoint, CountDownLatch ended) {
        if (silentEnd != null) {
            silentEnd.halt();
        }
        endpoint.abort();
        try {
            ended.await(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
