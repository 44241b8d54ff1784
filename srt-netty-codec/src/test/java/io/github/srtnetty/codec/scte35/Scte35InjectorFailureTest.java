// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cue that cannot be written fails with the cause; the PID is kept alive by request. */
class Scte35InjectorFailureTest {
    private static final SpliceInfoSection SIGNAL =
            SpliceInfoSection.builder(TimeSignal.at(900_000)).build();
    private static final int PID = 0x1F0;

    private final Scte35Injector injector = new Scte35Injector(PID);
    private final EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder(), injector);

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void failsAtOnce_inAProgramThatIsRegisteredAsHdmv() {
        Future<Void> cue = injector.inject(SIGNAL);
        feed(channel, new Streams().tables(Streams.table(0, List.of(RegistrationDescriptor.HDMV))));
        assertThat(cue.cause()).hasMessageContaining("HDMV");
    }

    @Test
    void failsAtOnce_whenThePmtHasNoRoom() {
        Pmt.Stream[] many = new Pmt.Stream[200];
        for (int i = 0; i < many.length; i++) {
            many[i] = new Pmt.Stream(StreamType.AVC, 0x300 + i, List.of());
        }
        Future<Void> cue = injector.inject(SIGNAL);
        feed(channel, new Streams().tables(Streams.table(0, List.of(), many)));
        assertThat(cue.cause()).hasMessageContaining("no room");
        assertThat(injector.inject(SIGNAL).cause()).hasMessageContaining("no room");
    }

    @Test
    void failsAtOnce_whenThePatDoesNotHaveTheProgram() {
        Scte35Injector other = new Scte35Injector(77, PID);
        EmbeddedChannel stream = new EmbeddedChannel(new TsPacketDecoder(), other);
        Future<Void> cue = other.inject(SIGNAL);
        feed(stream, new Streams().tables(Streams.table(0, List.of())));
        assertThat(cue.cause()).hasMessageContaining("no program 77");
        stream.finishAndReleaseAll();
    }

    @Test
    void failsAfterTheStatedTime_whenNothingComesThatItNeeds() {
        channel.freezeTime();
        Future<Void> cue = injector.inject(SIGNAL);
        later(Scte35Injector.LONGEST_WAIT_FOR_STREAM);
        assertThat(cue.cause()).hasMessage("no PAT came within 10 s");
    }

    @Test
    void failsAfterTheStatedTime_whenTheProgramHasNoClock() {
        channel.freezeTime();
        Future<Void> cue = injector.injectAt(SIGNAL, 900_000);
        feed(channel, new Streams().tables(Streams.table(0, List.of())));
        later(Scte35Injector.LONGEST_WAIT_FOR_STREAM);
        assertThat(cue.cause()).hasMessageStartingWith("no PTS of program 1 came");
    }

    @Test
    void writesASpliceNullInEachPeriod() {
        Scte35Injector beating = new Scte35Injector(PID).withHeartbeat(Duration.ofSeconds(5));
        EmbeddedChannel stream = new EmbeddedChannel(new TsPacketDecoder(), beating);
        stream.freezeTime();
        feed(stream, new Streams().tables(Streams.table(0, List.of())));
        for (int i = 0; i < 3; i++) {
            stream.advanceTimeBy(5, TimeUnit.SECONDS);
            stream.runScheduledPendingTasks();
            feed(stream, new Streams().nulls(7));
        }
        stream.finish();
        assertThat(Streams.cuesOf(Streams.drainPackets(stream)))
                .hasSize(3)
                .allMatch(cue -> cue.section().command() instanceof SpliceNull);
    }

    @Test
    void raisesTheVersion_whenThePmtChangesWithinOneVersion() {
        injector.inject(SIGNAL);
        Pmt.Stream audio = new Pmt.Stream(StreamType.AVC, 0x300, List.of());
        feed(
                channel,
                new Streams()
                        .tables(Streams.table(7, List.of()))
                        .pmt(Streams.table(7, List.of(), audio))
                        .pmt(Streams.table(7, List.of(), audio))
                        .pmt(Streams.table(8, List.of(), audio))
                        .nulls(7));
        channel.finish();
        assertThat(versions(Streams.drainPackets(channel))).containsExactly(8, 9, 9, 9);
    }

    private static List<Integer> versions(byte[] stream) {
        return java.util.stream.IntStream.range(0, stream.length / 188)
                .filter(i -> ((stream[i * 188 + 1] & 0x1F) << 8 | stream[i * 188 + 2] & 0xFF) == Streams.PMT_PID)
                .mapToObj(i -> stream[i * 188 + 10] >> 1 & 0x1F)
                .toList();
    }

    private void later(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private static void feed(EmbeddedChannel to, Streams stream) {
        to.writeInbound(Unpooled.copiedBuffer(stream.nulls(7).toArray()));
    }
}
