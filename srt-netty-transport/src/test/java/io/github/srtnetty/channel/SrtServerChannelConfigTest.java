// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The configuration of a listener, and the availability of the transport. */
class SrtServerChannelConfigTest {
    private final Loopback loopback = new Loopback(1);

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void everySetterReturnsTheListenersConfiguration() {
        SrtServerChannelConfig config =
                loopback.listen(channel -> {}).listener().config();

        SrtServerChannelConfig same = config.setAutoRead(true)
                .setAllocator(UnpooledByteBufAllocator.DEFAULT)
                .setWriteBufferWaterMark(WriteBufferWaterMark.DEFAULT)
                .set(SrtChannelOption.SRTO_MAXBW, 1_000_000L)
                .setConnectTimeoutMillis(1000)
                .setAcceptLimits(SrtAcceptLimits.DEFAULT)
                .setBacklog(7);

        assertThat(same).isSameAs(config);
        assertThat(config.getBacklog()).isEqualTo(7);
        assertThat(config.get(SrtChannelOption.SRTO_MAXBW)).isEqualTo(1_000_000L);
        assertThat(config).isNotInstanceOf(SrtChannelConfig.class);
    }

    @Test
    void theTransportIsAvailable() {
        SrtTransport.ensureAvailability();

        assertThat(SrtTransport.isAvailable()).isTrue();
        assertThat(SrtTransport.unavailabilityCause()).isNull();
        assertThat(SrtTransport.libraryVersion()).startsWith("1.");
    }
}
