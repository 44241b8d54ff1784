// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtCloseReason;
import io.github.srtnetty.channel.SrtPeerGoneEvent;
import io.github.srtnetty.relay.access.Admission;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.access.Places;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.event.EventBus;
import io.github.srtnetty.relay.monitor.CallerLog;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.github.srtnetty.relay.monitor.CallerStatistics;
import io.github.srtnetty.relay.stream.Intake;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.Streams;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Sequence;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Players and publishers of a stream without libsrt: created in one place, and removed when their channels close. */
class PlayerTest {
    private static final RelayRules TEN_MILLIS =
            new RelayRules(Map.of(RelaySetting.QUEUE_MILLIS, 10), Map.of(), Map.of());

    private final Streams streams = new Streams();
    private final Places places = new Places(streams::isLive);
    private final RelayState state = new RelayState(RelayRules.DEFAULT);
    private final EventBus events = new EventBus();
    private final Endpoints endpoints = new Endpoints(
            streams,
            state,
            places,
            new Bans(),
            new CallerReports(new CallerStatistics(), new CallerLog(Runnable::run)),
            events);

    @AfterEach
    void end() {
        events.close();
    }

    @Test
    void aSmallPayloadDoesNotKeepTheBufferThatWasRead() throws Exception {
        EmbeddedChannel player = join(Role.PLAY, RelayRules.DEFAULT);
        ByteBuf payload = Unpooled.directBuffer(1456).writeByte(7);
        stream().payload(payload, Intake.NO_TIME);

        assertThat(payload.refCnt()).as("nobody holds it").isZero();
        stream().flush();
        player.runPendingTasks();
        ByteBuf sent = player.readOutbound();
        assertThat(sent.readableBytes()).isEqualTo(1);
        assertThat(sent.readByte()).isEqualTo((byte) 7);
        sent.release();
        player.close();
    }

    @Test
    void dropsPayloadsThatAreTooOld_whenNoPublisherSendsAnyMore() throws Exception {
        EmbeddedChannel player = join(Role.PLAY, TEN_MILLIS);
        player.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        ByteBuf payload = Sequence.payload(7);
        stream().payload(payload, Intake.NO_TIME);
        stream().flush();
        player.runPendingTasks();

        Await.until("it is dropped", () -> {
            player.runScheduledPendingTasks();
            return streams.total().droppedPackets.sum() == 1;
        });
        assertThat(payload.refCnt()).isZero();
        player.close();
    }

    @Test
    void playersGetTheMemoryThatWasRead_notCopies() throws Exception {
        EmbeddedChannel one = join(Role.PLAY, RelayRules.DEFAULT);
        EmbeddedChannel other = join(Role.PLAY, RelayRules.DEFAULT);
        EmbeddedChannel publisher = join(Role.PUBLISH, RelayRules.DEFAULT);
        ByteBuf payload = Sequence.payload(7);
        long address = payload.memoryAddress();
        publisher.writeInbound(payload);
        for (EmbeddedChannel player : new EmbeddedChannel[] {one, other}) {
            player.runPendingTasks();
            ByteBuf sent = player.readOutbound();
            assertThat(sent.memoryAddress()).isEqualTo(address);
            sent.release();
            player.close();
        }

        assertThat(payload.refCnt()).as("nobody holds it").isZero();
        assertThat(stream().sinks()).isEmpty();
        publisher.close();
        assertThat(streams.all()).isEmpty();
        assertThat(places.taken()).isZero();
    }

    @Test
    void aPublisherThatJoinsTooLateIsClosed_andItsPlaceIsFree() throws Exception {
        Admission late = admission(Role.PUBLISH, RelayRules.DEFAULT, System.nanoTime());
        Admission first = admission(Role.PUBLISH, RelayRules.DEFAULT, System.nanoTime() + 2 * Places.UNCLAIMED_NANOS);
        EmbeddedChannel firstChannel = new EmbeddedChannel();
        EmbeddedChannel lateChannel = new EmbeddedChannel();
        endpoints.join(firstChannel, first);
        endpoints.join(lateChannel, late);

        assertThat(lateChannel.isOpen()).isFalse();
        assertThat(firstChannel.isOpen()).isTrue();
        assertThat(stream().source()).isNotNull();
        assertThat(places.taken()).isEqualTo(1);
        firstChannel.close();
    }

    @Test
    void aPublisherIsPassedOnOnlyOnceTheOnesBeforeHaveEnded() throws Exception {
        EmbeddedChannel player = join(Role.PLAY, RelayRules.DEFAULT);
        EmbeddedChannel first = join(Role.PUBLISH, RelayRules.DEFAULT);
        first.pipeline().fireUserEventTriggered(new SrtPeerGoneEvent(SrtCloseReason.PEER_CLOSED));
        EmbeddedChannel second = join(Role.PUBLISH, RelayRules.DEFAULT);
        second.pipeline().fireUserEventTriggered(new SrtPeerGoneEvent(SrtCloseReason.PEER_CLOSED));
        EmbeddedChannel third = join(Role.PUBLISH, RelayRules.DEFAULT);
        second.close();
        third.writeInbound(Unpooled.directBuffer(1).writeByte(3));
        player.runPendingTasks();
        assertThat(player.<Object>readOutbound()).as("the first still delivers").isNull();
        assertThat(stream().isLive()).as("it waits, and is not silent").isTrue();

        first.writeInbound(Unpooled.directBuffer(1).writeByte(1));
        first.close();
        player.runPendingTasks();

        assertThat(numbers(player)).containsExactly((byte) 1, (byte) 3);
        third.close();
        player.close();
        assertThat(streams.all()).isEmpty();
        assertThat(places.taken()).isZero();
    }

    private static List<Byte> numbers(EmbeddedChannel player) {
        List<Byte> numbers = new ArrayList<>();
        for (ByteBuf sent = player.readOutbound(); sent != null; sent = player.readOutbound()) {
            numbers.add(sent.readByte());
            sent.release();
        }
        return numbers;
    }

    private LiveStream stream() {
        LiveStream stream = streams.find("x");
        assertThat(stream).isNotNull();
        return stream;
    }

    private EmbeddedChannel join(Role role, RelayRules rules) throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel();
        endpoints.join(channel, admission(role, rules, System.nanoTime()));
        return channel;
    }

    private Admission admission(Role role, RelayRules rules, long nowNanos) {
        StreamRequest request = new StreamRequest(role, "x", "");
        Places.Outcome outcome = places.take(InetAddress.getLoopbackAddress(), request, rules, () -> false, nowNanos);
        return new Admission(request, rules, outcome.place(), "");
    }
}
