// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.channel.SrtUri;
import io.github.srtnetty.examples.Session;
import io.github.srtnetty.examples.StandardStreams;
import io.github.srtnetty.examples.media.Loops;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One file over one connection. A signal breaks it off, and waits until no partial file is left. */
final class Transfer {
    private static final int END_MILLIS = 1200;

    private Transfer() {}

    /** What is done with the connection. */
    interface Action {
        Transferred on(StreamConnection connection) throws IOException;
    }

    /** Connects, or waits for the first caller, and transfers; the door is a listener's. */
    static void run(SrtUri uri, Duration timeout, Endpoint.Door door, Action action)
            throws IOException, InterruptedException {
        run(uri, timeout, door, () -> {}, action);
    }

    /** Does so with a file that was opened before, and closes it, also when there is no connection. */
    static void run(SrtUri uri, Duration timeout, Endpoint.Door door, Closeable file, Action action)
            throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (Loops loops = new Loops();
                Endpoint endpoint = new Endpoint(uri, loops, timeout, door);
                file) {
            Session.onSignal(() -> breakOff(endpoint, ended));
            endpoint.open();
            try (StreamConnection connection = endpoint.next()) {
                endpoint.closeListener();
                connection.start();
                StandardStreams.println(action.on(connection).toString());
            }
        } finally {
            ended.countDown();
        }
    }

    private static void breakOff(Endpoint endpoint, CountDownLatch ended) {
        endpoint.abort();
        try {
            ended.await(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
