// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.RawHandshake;
import io.github.srtnetty.testing.RawPeer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** Exits while callers connect to its listener one after the other. */
final class StormExitProgram {
    private static final int THREADS = 4;
    private static final int CALLERS = 200;

    private StormExitProgram() {}

    public static void main(String[] args) throws InterruptedException {
        Loopback loopback = new Loopback(2);
        loopback.listen(channel -> {});
        CountDownLatch called = new CountDownLatch(CALLERS);
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> call(loopback.address(), called));
            thread.setDaemon(true);
            thread.start();
        }
        called.await();
        System.out.println("called");
        System.exit(0);
    }

    private static void call(InetSocketAddress listener, CountDownLatch called) {
        try {
            while (true) {
                try (RawPeer peer = RawPeer.to(listener)) {
                    peer.induct();
                    peer.conclude(RawHandshake.conclusion());
                    called.countDown();
                }
            }
        } catch (IOException e) {
            if (called.getCount() > 0) { // else the process ends, and the listener is gone
                System.out.println(e);
            }
        }
    }
}
