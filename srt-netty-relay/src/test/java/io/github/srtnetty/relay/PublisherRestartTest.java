// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.relay.stream.TrafficCounters;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Sequence;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A name belongs to its publisher from the connect to the close, whatever the latency delays. */
class PublisherRestartTest {
    private static final String OPTIONS = "latency=20&tlpktdrop=0";
    private static final int PAYLOADS = 20;
    private static final int MANY = 400;
    private static final int TOO_MANY = 6000;

    /** A player whose event loop stands for seconds still gets all. */
    private static final int QUEUE_MILLIS = 60_000;

    private static final RelayRules LOSSLESS = rules(Map.of());
    private static final RelayRules PATIENT = rules(Map.of(RelaySetting.SILENT_PUBLISHER_MILLIS, 60_000));
    private static final RelayRules IMPATIENT = rules(Map.of(RelaySetting.SILENT_PUBLISHER_MILLIS, 500));
    private static final RelayRules ONE_PUBLISHER = rules(Map.of(
            RelaySetting.MAX_PUBLISHERS, 1, RelaySetting.MAX_CONNECTIONS, 2, RelaySetting.PUBLISHER_RESERVE, 50));

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {20, 120, 1000, 2000})
    void keepsItsName_whileItsFirstPayloadIsUnderWay(int latencyMillis) throws Exception {
        assertKeepsItsName(latencyMillis);
    }

    @Test
    @Tag("slow")
    void keepsItsName_withALatencyOf8Seconds() throws Exception {
        assertKeepsItsName(8000);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"20, 0", "120, 0", "1000, 0", "1000, 50", "1000, 200", "1000, 500", "2000, 100"})
    void isBackAtOnce_andNothingOfBothIsLost(int latencyMillis, int gapMillis) throws Exception {
        assertIsBackAtOnce(latencyMillis, gapMillis, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 500})
    @Tag("slow")
    void isBackAtOnce_withALatencyOf8Seconds(int gapMillis) throws Exception {
        assertIsBackAtOnce(8000, gapMillis, 20);
    }

    @Tag("slow")
    @Test
    void aSuccessorWithLessLatency_waitsForTheRestOfTheOneBefore() throws Exception {
        try (Harness harness = new Harness(LOSSLESS, OPTIONS)) {
            Sequence.Checker player = new Sequence.Checker();
            harness.play("read:x", player);
            publishAndLeave(harness, 1500, 0);
            publishAndLeave(harness, 20, PAYLOADS);

            assertComplete(player, 2 * PAYLOADS);
        }
    }

    /** libsrt has room for 64 packets only: a full buffer would stop the sender for ever, or end the connection. */
    @Tag("slow")
    @Test
    void aSuccessorIsRead_whileItWaits() throws Exception {
        try (Harness harness = new Harness(LOSSLESS, OPTIONS + "&rcvbuf=" + 64 * 1456)) {
            Sequence.Checker player = new Sequence.Checker();
            harness.play("read:x", player);
            publishAndLeave(harness, 1500, 0);
            SrtChannel successor = publish(harness, 20);
            for (int i = 1; i <= MANY; i++) {
                successor.writeAndFlush(Sequence.payload(PAYLOADS + i - 1)).sync();
                if (i % 16 == 0) { // it is the waiting that must not fill the buffer; sending too fast does
                    long sent = i;
                    Await.until("the relay has read " + sent, () -> isRead(harness, sent));
                }
            }
            assertComplete(player, PAYLOADS + MANY);
        }
    }

    @Tag("slow")
    @Test
    void aSuccessorThatSendsMoreThanIsHeld_losesTheOldest_whichAreCounted() throws Exception {
        try (Harness harness = new Harness(LOSSLESS, OPTIONS)) {
            Sequence.Checker player = new Sequence.Checker();
            harness.play("read:x", player);
            publishAndLeave(harness, 3000, 0);
            SrtChannel successor = publish(harness, 20);
            ChannelFuture last = successor.newSucceededFuture();
            for (int i = 0; i < TOO_MANY; i++) {
                last = successor.writeAndFlush(Sequence.payload(PAYLOADS + i));
            }
            last.sync();
            TrafficCounters total = harness.streams().total();
            Await.until(
                    "all are passed on, or dropped",
                    Duration.ofSeconds(30),
                    () -> player.count() + total.droppedPackets.sum() == PAYLOADS + TOO_MANY);
            assertThat(total.droppedPackets.sum()).isPositive();
            assertThat(player)
                    .hasToString("0 to " + (PAYLOADS + TOO_MANY - 1) + ", " + total.droppedPackets + " missing");
        }
    }

    @Tag("slow")
    @Test
    void aSuccessorThatLeavesWhileItWaits_isDeliveredBeforeTheNext() throws Exception {
        try (Harness harness = new Harness(LOSSLESS, OPTIONS)) {
            Sequence.Checker player = new Sequence.Checker();
            harness.play("read:x", player);
            publishAndLeave(harness, 2000, 0);
            publishAndLeave(harness, 20, PAYLOADS);
            publishAndLeave(harness, 20, 2 * PAYLOADS);

            assertComplete(player, 3 * PAYLOADS);
            Await.until("all are gone", () -> harness.streams().find("x").source() == null);
        }
    }

    @Tag("slow")
    @Test
    void aPublisherThatPausesIsNotSilent_whileWhatItSentIsUnderWay() throws Exception {
        try (Harness harness = new Harness(PATIENT, OPTIONS)) {
            Sequence.Checker player = new Sequence.Checker();
            harness.play("read:x", player);
            SrtChannel publisher = publish(harness, 4000);
            sendOne(publisher, 0);
            harness.state().replaceRules(IMPATIENT);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1000));
            sendOne(publisher, 1);

            awaitReceived(harness, 2);
            Await.until("both payloads", () -> player.count() == 2);
        }
    }

    private static void assertKeepsItsName(int latencyMillis) throws Exception {
        try (Harness harness = new Harness(PATIENT, OPTIONS)) {
            Sequence.Checker player = new Sequence.Checker();
            harness.play("read:x", player);
            SrtChannel publisher = publish(harness, latencyMillis);
            sendOne(publisher, 0);
            harness.state().replaceRules(IMPATIENT);

            awaitReceived(harness, 1);
            Await.until("the first payload", () -> player.count() == 1);
        }
    }

    /** Sends a payload and waits until the relay's libsrt has it, which holds it for the latency. */
    private static void sendOne(SrtChannel publisher, long number) throws InterruptedException {
        publisher.writeAndFlush(Sequence.payload(number)).sync();
        awaitAcknowledged(publisher);
    }

    private static void awaitAcknowledged(SrtChannel publisher) {
        Await.until("all is acknowledged", () -> publisher.config().get(SrtChannelOption.SRTO_SNDDATA) == 0);
    }

    /** Waits until the relay has taken so many payloads from libsrt; no other publisher is let in before. */
    private static void awaitReceived(Harness harness, long packets) {
        LongAdder received = harness.streams().total().receivedPackets;
        Await.until(packets + " payloads have arrived", () -> {
            int code = codeOfAnother(harness);
            if (received.sum() == packets) {
                return true; // perhaps before the other one called
            }
            assertThat(code).isEqualTo(1409);
            return false;
        });
    }

    private static void assertIsBackAtOnce(int latencyMillis, int gapMillis, int restarts) throws Exception {
        try (Harness harness = new Harness(ONE_PUBLISHER, OPTIONS)) {
            Sequence.Checker player = new Sequence.Checker();
            harness.play("read:x", player);
            for (int i = 0; i <= restarts; i++) {
                publishAndLeave(harness, latencyMillis, i * PAYLOADS);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(gapMillis));
            }

            assertComplete(player, (restarts + 1) * PAYLOADS);
            Await.until("the places are free", () -> harness.places().taken() == 1);
        }
    }

    private static void assertComplete(Sequence.Checker player, int count) {
        Await.until(count + " payloads", Duration.ofSeconds(30), () -> player.count() >= count);
        assertThat(player).hasToString("0 to " + (count - 1) + ", 0 missing");
        assertThat(player.count()).isEqualTo(count);
    }

    /** Leaves as libsrt's programs do: once all is acknowledged, and a latency before it is played. */
    private static void publishAndLeave(Harness harness, int latencyMillis, int firstNumber) throws Exception {
        SrtChannel publisher = publish(harness, latencyMillis);
        for (int i = 0; i < PAYLOADS; i++) {
            publisher.writeAndFlush(Sequence.payload(firstNumber + i)).sync();
        }
        awaitAcknowledged(publisher);
        publisher.config().setOption(ChannelOption.SO_LINGER, 0);
        publisher.close().sync();
    }

    /** Returns whether the publisher's libsrt has received so many packets, and holds none of them. */
    private static boolean isRead(Harness harness, long packets) {
        StreamSource publisher = harness.streams().find("x").source();
        SrtStatistics statistics =
                publisher == null ? null : publisher.connection().statistics();
        return statistics != null
                && statistics.asLong(SrtStatistic.PKT_RECV_UNIQUE_TOTAL) >= packets
                && statistics.asLong(SrtStatistic.PKT_RCV_BUF) == 0;
    }

    private static RelayRules rules(Map<RelaySetting, Object> settings) {
        Map<RelaySetting, Object> all = new HashMap<>(settings);
        all.put(RelaySetting.QUEUE_MILLIS, QUEUE_MILLIS);
        return new RelayRules(all, Map.of(), Map.of());
    }

    private static SrtChannel publish(Harness harness, int latencyMillis) throws InterruptedException {
        ChannelFuture connect =
                harness.tryConnect("publish:x", Duration.ofMillis(latencyMillis), new ChannelInboundHandlerAdapter());
        SrtChannel publisher = (SrtChannel) connect.sync().channel();
        Await.until("its stream has it", () -> isSource(harness, publisher));
        return publisher;
    }

    /** Until the stream has the publisher, its name is reserved, also where the caller has left again meanwhile. */
    private static boolean isSource(Harness harness, SrtChannel publisher) {
        LiveStream stream = harness.streams().find("x");
        StreamSource source = stream == null ? null : stream.source();
        return source != null
                && source.connection().channel().remoteAddress() instanceof InetSocketAddress peer
                && peer.getPort() == publisher.localAddress().getPort();
    }

    private static int codeOfAnother(Harness harness) {
        try {
            return harness.code("publish:x");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
