// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOption.When;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SrtOptionsTest {
    /** Values that differ from the defaults, where the general ones would not do. */
    private static final Map<SrtOption<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(SrtOptions.SRTO_MSS, 1400),
            Map.entry(SrtOptions.SRTO_SNDBUF, 100 * 1472),
            Map.entry(SrtOptions.SRTO_RCVBUF, 200 * 1472),
            Map.entry(SrtOptions.SRTO_IPTTL, 17),
            Map.entry(SrtOptions.SRTO_IPTOS, 0xB8),
            Map.entry(SrtOptions.SRTO_IPV6ONLY, 1),
            Map.entry(SrtOptions.SRTO_MINVERSION, 0x010200),
            Map.entry(SrtOptions.SRTO_OHEADBW, 50),
            Map.entry(SrtOptions.SRTO_PBKEYLEN, 24),
            Map.entry(SrtOptions.SRTO_PAYLOADSIZE, 1000),
            Map.entry(SrtOptions.SRTO_TRANSTYPE, SrtTransmissionType.FILE),
            Map.entry(SrtOptions.SRTO_RETRANSMITALGO, 0),
            Map.entry(SrtOptions.SRTO_GROUPCONNECT, 1),
            Map.entry(SrtOptions.SRTO_GROUPMINSTABLETIMEO, 70),
            Map.entry(SrtOptions.SRTO_CRYPTOMODE, 1),
            Map.entry(SrtOptions.SRTO_PASSPHRASE, TestSecrets.PASSPHRASE),
            Map.entry(SrtOptions.SRTO_STREAMID, "#!::r=café"),
            Map.entry(SrtOptions.SRTO_CONGESTION, "file"),
            Map.entry(SrtOptions.SRTO_BINDTODEVICE, "lo"),
            Map.entry(SrtOptions.SRTO_PACKETFILTER, "fec,cols:10,rows:5"));

    private static final Set<SrtChannelOption<?>> SECURITY = Set.of(
            SrtChannelOption.SRTO_PASSPHRASE,
            SrtChannelOption.SRTO_PBKEYLEN,
            SrtChannelOption.SRTO_ENFORCEDENCRYPTION,
            SrtChannelOption.SRTO_KMREFRESHRATE,
            SrtChannelOption.SRTO_KMPREANNOUNCE,
            SrtChannelOption.SRTO_MINVERSION);

    private final Loopback loopback = new Loopback(1);

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void theLastOfTwoThatDependOnEachOtherCounts_alsoWhenTheyAreSetAgain() {
        SrtChannelConfig config = new SrtChannel().config();
        config.set(SrtChannelOption.SRTO_LATENCY, 100).set(SrtChannelOption.SRTO_PEERLATENCY, 500);
        config.set(SrtChannelOption.SRTO_LATENCY, 200);
        assertThat(config.get(SrtChannelOption.SRTO_PEERLATENCY)).isEqualTo(200);

        config.set(SrtChannelOption.SRTO_MSS, 1400); // sets the others again

        assertThat(config.get(SrtChannelOption.SRTO_PEERLATENCY)).isEqualTo(200);
    }

    @Test
    void aFlowWindowCanStillBeSetWhenTheChannelIsBound() {
        SrtChannel channel = (SrtChannel) loopback.caller(
                        new ChannelInboundHandlerAdapter(), b -> b.option(SrtChannelOption.SRTO_RCVBUF, 200 * 1472))
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();

        channel.config().set(SrtChannelOption.SRTO_FC, 1000);

        assertThat(channel.config().get(SrtChannelOption.SRTO_FC)).isEqualTo(1000);
        channel.close().syncUninterruptibly();
    }

    static Stream<SrtChannelOption<?>> available() {
        return writable().filter(SrtOptionsTest::isAvailable);
    }

    static Stream<SrtChannelOption<?>> lacking() {
        return writable().filter(option -> !isAvailable(option));
    }

    static Stream<SrtChannelOption<?>> writable() {
        return SrtChannelOption.all().stream().filter(o -> o.srtOption().isWritable());
    }

    static Stream<SrtChannelOption<?>> timed() {
        return writable().filter(o -> o.srtOption().when() != When.ANY_TIME).filter(SrtOptionsTest::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("available")
    <T> void takesEffect_whenSetOnTheBootstrap(SrtChannelOption<T> option) throws Exception {
        SrtChannel channel =
                (SrtChannel) loopback.caller(new ChannelInboundHandlerAdapter(), b -> b.option(option, sample(option)))
                        .register()
                        .sync()
                        .channel();

        assertHolds(channel, option);
        channel.close().sync();
    }

    @ParameterizedTest
    @MethodSource("available")
    <T> void takesEffect_whenSetOnARegisteredChannel(SrtChannelOption<T> option) throws Exception {
        SrtChannel channel = registered();

        channel.config().setOption(option, sample(option));

        assertHolds(channel, option);
        channel.close().sync();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("lacking")
    <T> void isRefusedByName_whenTheLibraryLacksIt(SrtChannelOption<T> option) throws Exception {
        SrtChannel channel = registered();

        assertThatThrownBy(() -> channel.config().setOption(option, sample(option)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(option.name() + "=" + sample(option))
                .hasMessageContaining(
                        "built without " + option.srtOption().feature().buildFlag());
        channel.close().sync();
    }

    @ParameterizedTest
    @MethodSource("timed")
    <T> void isRefused_whenItIsTooLate(SrtChannelOption<T> option) {
        loopback.listen(channel -> {});
        SrtChannel connected = loopback.connect(new ChannelInboundHandlerAdapter());

        for (AbstractSrtChannel channel : new AbstractSrtChannel[] {connected, loopback.listener()}) {
            assertThatThrownBy(() -> channel.config().setOption(option, sample(option)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            option.name() + "=" + option.srtOption().shown(sample(option)))
                    .hasMessageContaining(option.srtOption().when().toString());
        }
    }

    @Test
    void whatIsSetBeforeBind_isRefusedOnABoundChannel_andTheRestIsNot() throws Exception {
        SrtChannel bound = registered();
        bound.bind(new InetSocketAddress("127.0.0.1", 0)).sync();

        assertThatThrownBy(() -> bound.config().setOption(SrtChannelOption.SRTO_MSS, 1400))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SRTO_MSS=1400")
                .hasMessageContaining("before bind");
        bound.config().setOption(SrtChannelOption.SRTO_STREAMID, "late");
        assertThat(bound.socket().getOption(SrtOptions.SRTO_STREAMID)).isEqualTo("late");
        bound.close().sync();
    }

    @Test
    void readOnlyOptionsAreRefused() throws Exception {
        SrtChannel channel = registered();
        assertThatThrownBy(() -> channel.config().setOption(SrtChannelOption.SRTO_STATE, SrtSocketState.OPENED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SRTO_STATE=OPENED")
                .hasMessageContaining("read-only");
        channel.close().sync();
    }

    @Test
    void fileModeSetLast_losesNothingThatWasSetBefore() throws Exception {
        SrtChannel channel = registered();
        channel.config().setOption(SrtChannelOption.SRTO_LATENCY, 333);
        channel.config().setOption(SrtChannelOption.SRTO_MESSAGEAPI, true);
        channel.config().setOption(SrtChannelOption.SRTO_SNDDROPDELAY, 77);

        channel.config().setOption(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE);

        assertThat(channel.socket().getOption(SrtOptions.SRTO_LATENCY)).isEqualTo(333);
        assertThat(channel.socket().getOption(SrtOptions.SRTO_MESSAGEAPI)).isTrue();
        assertThat(channel.socket().getOption(SrtOptions.SRTO_SNDDROPDELAY)).isEqualTo(77);
        assertThat(channel.socket().getOption(SrtOptions.SRTO_CONGESTION)).isEqualTo("file");
        assertThat(channel.socket().getOption(SrtOptions.SRTO_LINGER)).isZero();
        channel.close().sync();
    }

    @Test
    void aWindowSetAfterTheReceiveBuffer_makesRoomForIt() throws Exception {
        SrtChannel channel = registered();
        int bytes = 40_000 * 1472;

        channel.config().setOption(SrtChannelOption.SRTO_RCVBUF, bytes);
        channel.config().setOption(SrtChannelOption.SRTO_FC, 50_000);

        assertThat(channel.socket().getOption(SrtOptions.SRTO_RCVBUF)).isEqualTo(bytes);
        channel.close().sync();
    }

    @Test
    void aChildKeepsWhatItInherited_andNeverFails() throws Exception {
        loopback.listen(
                channel -> {},
                b -> timed().filter(o -> o != SrtChannelOption.SRTO_TRANSTYPE && !SECURITY.contains(o))
                        .forEach(o -> childSample(b, o)));

        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        SrtChannel child = loopback.accepted();

        assertThat(child.isActive()).isTrue();
        assertThat(caller.isActive()).isTrue();
        assertThat(child.socket().getOption(SrtOptions.SRTO_RCVLATENCY)).isEqualTo(120);
    }

    @Test
    void aChildTakesOptionsOfAnyTime_andWhatEqualsTheInherited() throws Exception {
        loopback.listen(
                channel -> {},
                b -> b.option(SrtChannelOption.SRTO_LATENCY, 200)
                        .childOption(SrtChannelOption.SRTO_LATENCY, 200)
                        .childOption(SrtChannelOption.SRTO_MAXBW, 1_000_000L)
                        .childOption(ChannelOption.SO_LINGER, 3));

        loopback.connect(new ChannelInboundHandlerAdapter());
        SrtChannel child = loopback.accepted();
        child.eventLoop().submit(() -> {}).sync();

        assertThat(child.socket().getOption(SrtOptions.SRTO_MAXBW)).isEqualTo(1_000_000);
        assertThat(child.config().getOption(SrtChannelOption.SRTO_LATENCY)).isEqualTo(200);
        assertThat(child.config().getSoLinger()).isEqualTo(3);
    }

    @Test
    void badValuesNameOptionValueAndRule() {
        assertBad(SrtChannelOption.SRTO_OHEADBW, 101, "SRTO_OHEADBW=101", "5 to 100");
        assertBad(SrtChannelOption.SRTO_PAYLOADSIZE, 1457, "SRTO_PAYLOADSIZE=1457", "0 to 1456");
        assertBad(SrtChannelOption.SRTO_PBKEYLEN, 8, "SRTO_PBKEYLEN=8", "0, 16, 24 or 32");
        assertBad(SrtChannelOption.SRTO_STREAMID, "x".repeat(513), "SRTO_STREAMID", "at most 512 bytes", "513");
        assertBad(SrtChannelOption.SRTO_PASSPHRASE, "ninechars", "SRTO_PASSPHRASE", "10 to 80 bytes", "9");
        assertThatThrownBy(() -> SrtChannelOption.SRTO_PASSPHRASE.validate("ninechars"))
                .hasMessageNotContaining("ninechars");
    }

    @Test
    void allOptionsAreListed() throws Exception {
        SrtChannel channel = registered();
        Map<ChannelOption<?>, Object> options = channel.config().getOptions();

        writable()
                .filter(o -> o.srtOption().isReadable() && isAvailable(o))
                .forEach(o -> assertThat(options).as(o.name()).containsKey(o));
        assertThat(options)
                .containsEntry(SrtChannelOption.SRTO_PAYLOADSIZE, 1316)
                .containsEntry(SrtChannelOption.RECEIVE_MESSAGES, false)
                .containsEntry(ChannelOption.SO_LINGER, -1);
        assertThat(loopback.listen(c -> {}).listener().config().getOptions())
                .containsKeys(ChannelOption.SO_BACKLOG, SrtChannelOption.SRTO_LATENCY);
        channel.close().sync();
    }

    private SrtChannel registered() throws InterruptedException {
        return (SrtChannel) loopback.caller(new ChannelInboundHandlerAdapter(), b -> {})
                .register()
                .sync()
                .channel();
    }

    private <T> void assertHolds(SrtChannel channel, SrtChannelOption<T> option) throws SrtException {
        SrtOption<T> srtOption = option.srtOption();
        if (srtOption == SrtOptions.SRTO_PASSPHRASE) {
            assertThat(channel.config().getOption(option)).isNull();
            assertThat(channel.config().getOptions()).doesNotContainKey(option);
            return;
        }
        assertThat(channel.config().getOption(option)).isEqualTo(sample(option));
        assertThat(channel.config().getOptions()).containsEntry(option, sample(option));
        if (srtOption == SrtOptions.SRTO_LINGER) {
            assertThat(channel.socket().getOption(srtOption)).isEqualTo(0); // kept above libsrt
        } else if (srtOption.isReadable()) {
            assertThat(channel.socket().getOption(srtOption)).isEqualTo(sample(option));
        } else if (srtOption == SrtOptions.SRTO_TRANSTYPE) {
            assertThat(channel.socket().getOption(SrtOptions.SRTO_MESSAGEAPI)).isFalse();
        }
    }

    private <T> void assertBad(SrtChannelOption<T> option, T value, String... parts) {
        for (String part : parts) {
            assertThatThrownBy(() -> loopback.caller(new ChannelInboundHandlerAdapter(), b -> b.option(option, value))
                            .register()
                            .sync())
                    .hasMessageContaining(part);
        }
    }

    private static boolean isAvailable(SrtChannelOption<?> option) {
        return option.srtOption().feature() == null
                || option.srtOption().feature().isAvailable();
    }

    private static <T> void childSample(ServerBootstrap bootstrap, SrtChannelOption<T> option) {
        bootstrap.childOption(option, sample(option));
    }

    /** A value other than the default. */
    private static <T> T sample(SrtChannelOption<T> option) {
        SrtOption<T> srtOption = option.srtOption();
        Object sample = SAMPLES.get(srtOption);
        if (sample == null && srtOption.type() == Boolean.class) {
            sample = srtOption.defaults().startsWith("false");
        } else if (sample == null && srtOption.type() == Long.class) {
            sample = 12_345_678L;
        } else if (sample == null) {
            sample = 4321;
        }
        return srtOption.type().cast(sample);
    }
}
