// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptFilterTest {
    private static final int COLLECTIONS = 5;

    private final AtomicInteger asked = new AtomicInteger();
    private SrtSocket listener;

    @AfterEach
    void close() {
        listener.close();
        assertThat(ListenCallback.held(listener.id())).isZero();
    }

    @Test
    void aHookIsNotCollected_whileItsListenerHasIt() throws Exception {
        listen(forbid());
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }

        assertThat(outcome()).isEqualTo(SrtRejectReason.FORBIDDEN);
        assertThat(asked).hasValue(1);
    }

    @Test
    void theFirstHookIsHeld_whenLibsrtRefusesASecond() throws Exception {
        listener = SrtSocket.create();
        listener.setAcceptFilter(forbid());
        LibSrt.srt_close(listener.id()); // now every version of libsrt refuses

        assertThatThrownBy(
                        () -> listener.setAcceptFilter((candidate, peer, version, id) -> SrtSocket.AcceptFilter.ACCEPT))
                .isInstanceOf(SrtException.class)
                .hasMessageStartingWith("srt_listen_callback(" + listener);

        assertThat(ListenCallback.held(listener.id())).isEqualTo(1);
    }

    /** Up to libsrt 1.5.3 the second one replaces the first, from 1.5.4 on it is refused. */
    @Test
    void aSecondHookWhileListening_neverLeavesTheListenerWithoutOne() throws Exception {
        listen(forbid());
        int reject;
        try {
            listener.setAcceptFilter((candidate, peer, version, id) -> SrtRejectReason.NOTFOUND.code());
            reject = SrtRejectReason.NOTFOUND.code();
        } catch (SrtException e) {
            reject = SrtRejectReason.FORBIDDEN.code();
        }
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }

        assertThat(outcome().code()).isEqualTo(reject);
    }

    @Test
    void anErrorInTheHook_rejects() throws Exception {
        listen((candidate, peer, version, id) -> {
            throw new OutOfMemoryError("as if");
        });

        assertThat(outcome()).isEqualTo(SrtRejectReason.ISE);
    }

    @Test
    void anErrorWhileTheFailureIsLogged_rejects() throws Exception {
        listen((candidate, peer, version, id) -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1;

                @Override
                public String getMessage() {
                    throw new OutOfMemoryError("as if");
                }

                @Override
                public String toString() {
                    throw new OutOfMemoryError("as if");
                }
            };
        });

        assertThat(outcome()).isEqualTo(SrtRejectReason.ISE);
    }

    @Test
    void anErrorBeforeTheHook_rejects() {
        ListenCallback callback = ListenCallback.of((candidate, peer, version, id) -> {
            asked.incrementAndGet();
            return SrtSocket.AcceptFilter.ACCEPT;
        });
        listener = SrtSocket.ofId(0);

        assertThat(callback.callback(null)).isEqualTo(-1);
        assertThat(callback.callback(new Object[] {0L, 1})).isEqualTo(-1);
        assertThat(callback.callback(new Object[] {0L, 1, "5", 0L, 0L})).isEqualTo(-1);
        assertThat(asked).hasValue(0);
    }

    @Test
    void aCodeBelow1000_rejectsToo() throws Exception {
        listen((candidate, peer, version, id) -> -5);

        assertThat(outcome().code()).isEqualTo(SrtRejectReason.FIRST_OF_APPLICATION);
    }

    private SrtSocket.AcceptFilter forbid() {
        return (candidate, peer, version, id) -> {
            asked.incrementAndGet();
            return SrtRejectReason.FORBIDDEN.code();
        };
    }

    private void listen(SrtSocket.AcceptFilter hook) throws SrtException {
        listener = SrtSocket.create();
        listener.bind(new InetSocketAddress(Loopback.V4, 0));
        listener.setAcceptFilter(hook);
        listener.listen(10);
    }

    private SrtRejectReason outcome() throws Exception {
        SrtSocket caller = SrtSocket.create();
        try {
            caller.connect(listener.localAddress());
            Await.until("it is decided", () -> caller.state() != SrtSocketState.CONNECTING);
            return caller.rejectReason();
        } finally {
            caller.close();
        }
    }
}
