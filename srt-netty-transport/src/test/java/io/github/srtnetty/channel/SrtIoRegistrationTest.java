// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import org.junit.jupiter.api.Test;

/** The events of one socket between the poller and its loop. */
class SrtIoRegistrationTest {
    private final Owner owner = new Owner();
    private final SrtIoRegistration registration = new SrtIoRegistration(owner, new Handle());

    @Test
    void isQueuedOnceForSeveralEvents() {
        registration.ready(SrtSocket.EVENT_IN);
        registration.ready(SrtSocket.EVENT_OUT);

        assertThat(owner.enqueued).isOne();
        assertThat(registration.takeEvents()).isEqualTo(SrtSocket.EVENT_IN | SrtSocket.EVENT_OUT);

        registration.ready(SrtSocket.EVENT_IN);
        assertThat(owner.enqueued).isEqualTo(2);
    }

    @Test
    void dropsMutedEventsOfThePollerAlone() {
        registration.mute(SrtIoOps.IN);
        registration.ready(SrtSocket.EVENT_IN);
        assertThat(owner.enqueued).isZero();

        registration.ready(SrtSocket.EVENT_IN | SrtSocket.EVENT_ERR);
        assertThat(registration.takeEvents()).isEqualTo(SrtSocket.EVENT_ERR);

        registration.submit(SrtIoOps.IN);
        assertThat(registration.takeEvents()).as("submitted").isEqualTo(SrtSocket.EVENT_IN);
    }

    @Test
    void deliversEventsAgainOnceTheyAreUnmuted() {
        registration.mute(SrtIoOps.IN);
        registration.mute(SrtIoOps.OUT);
        assertThat(registration.muted().bits()).isEqualTo(SrtSocket.EVENT_IN | SrtSocket.EVENT_OUT);

        registration.unmute(SrtIoOps.IN);
        registration.ready(SrtSocket.EVENT_IN | SrtSocket.EVENT_OUT);

        assertThat(registration.takeEvents()).isEqualTo(SrtSocket.EVENT_IN);
    }

    @Test
    void reportsTheEndOfThePoller_whateverIsMuted() {
        registration.mute(SrtIoOps.ERR);

        registration.lost();

        assertThat(registration.isLost()).isTrue();
        assertThat(owner.enqueued).isOne();
    }

    @Test
    void takesNoOpsOnceItIsCancelled() {
        assertThat(registration.cancel()).isTrue();

        assertThat(registration.submit(SrtIoOps.IN)).isEqualTo(-1);
        assertThat(registration.cancel()).isFalse();
        assertThat(owner.enqueued).isZero();
        assertThat(owner.deregistered).isOne();
    }

    /** Counts its calls. */
    private static final class Owner implements SrtIoRegistration.Owner {
        private int enqueued;
        private int deregistered;

        @Override
        public void enqueue(SrtIoRegistration registration) {
            enqueued++;
        }

        @Override
        public void deregister(SrtIoRegistration registration) {
            deregistered++;
        }

        @Override
        public void backOff() {
            throw new UnsupportedOperationException();
        }
    }

    /** A handle that is not called. */
    private static final class Handle implements SrtIoHandle {
        @Override
        public SrtSocket socket() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void handle(IoRegistration source, IoEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }
}
