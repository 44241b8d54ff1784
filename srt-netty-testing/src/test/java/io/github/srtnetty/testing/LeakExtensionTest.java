// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakExtensionTest {
    @Test
    void reportsABufferThatWasDroppedUnreleased() {
        ByteBufAllocator.DEFAULT.directBuffer(1).writeByte(1);

        assertThat(LeakExtension.firstLeak()).contains("reportsABufferThatWasDroppedUnreleased");
    }

    @Test
    void staysSilentAboutReleasedBuffers() {
        ByteBufAllocator.DEFAULT.directBuffer(1).release();

        assertThat(LeakExtension.firstLeak()).isNull();
    }
}
