// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.BufferMemory;
import io.github.srtnetty.relay.stream.Intake;
import io.github.srtnetty.testing.Peer;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpSourceTest {
    private static final int LONGEST_IPV4 = 65_507;
    private static final long SEED = 5;

    @ParameterizedTest
    @CsvSource({"udp://127.0.0.1:PORT,127.0.0.1", "udp://:PORT?adapter=127.0.0.1,127.0.0.1"})
    void takesDatagramsOfEachLengthWhole(String address, String to) throws Exception {
        int port = Peer.freePort();
        BlockingQueue<ByteBuf> payloads = new LinkedBlockingQueue<>();
        try (Loops loops = new Loops();
                UdpSource source = source(address, port, loops);
                DatagramSocket sender = new DatagramSocket()) {
            source.open(new Queue(payloads));
            for (int length : new int[] {1, 1316, 9217, LONGEST_IPV4, 188}) {
                byte[] bytes = new byte[length];
                new Random(SEED).nextBytes(bytes);
                sender.send(new DatagramPacket(bytes, length, InetAddress.getByName(to), port));
                ByteBuf payload = payloads.poll(20, TimeUnit.SECONDS);
                byte[] arrived = new byte[payload.readableBytes()];
                payload.getBytes(0, arrived);
                assertThat(arrived).isEqualTo(bytes);
                assertThat(BufferMemory.heldBytes(payload)).isLessThanOrEqualTo(2 * Math.max(length, 64) + 128);
                payload.release();
            }
        }
    }

    @Test
    void anAdapterIsTheOnlyAddressThatItReceivesOn() throws Exception {
        int port = Peer.freePort();
        try (Loops loops = new Loops();
                UdpSource source = source("udp://:PORT?adapter=127.0.0.1", port, loops)) {
            source.open(new Queue(new LinkedBlockingQueue<>()));
            new DatagramSocket(new InetSocketAddress("127.0.0.2", port)).close(); // is free
            assertThatThrownBy(() -> new DatagramSocket(new InetSocketAddress("127.0.0.1", port)))
                    .hasMessageContaining("in use");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "udp://127.0.0.1:PORT?adapter=127.0.0.2, its adapter is another address",
        "udp://127.0.0.1:PORT?source=127.0.0.2, leave out source",
        "udp://239.1.1.1:PORT?adapter=::1, has another IP version"
    })
    void refusesWhatItWouldIgnore(String address, String why) throws Exception {
        try (Loops loops = new Loops();
                UdpSource source = source(address, Peer.freePort(), loops)) {
            assertThatThrownBy(() -> source.open(new Queue(new LinkedBlockingQueue<>())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(why);
        }
    }

    private static UdpSource source(String address, int port, Loops loops) {
        return new UdpSource(UdpAddressParser.parse(address.replace("PORT", "" + port)), loops.udp());
    }

    private record Queue(BlockingQueue<ByteBuf> payloads) implements Intake {
        @Override
        public void payload(ByteBuf payload, long sourceTimeMicros) {
            payloads.add(payload);
        }
    }
}
