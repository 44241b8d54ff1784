// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtKeyState;
import io.github.srtnetty.testing.LogRecorder;
import io.github.srtnetty.testing.RawPacket;
import io.github.srtnetty.testing.RawServer;
import io.github.srtnetty.testing.Recorder;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of encryption: they take effect, or nothing is connected; and no log has a secret. */
class SrtSecurityOptionsTest {
    private static final String SECRET = "correct horse battery";
    private static final String TOO_SHORT = "sh0rt";

    private final Loopback loopback = new Loopback(2);
    private final List<Object> initialised = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        loopback.close();
    }

    static Map<SrtChannelOption<?>, Object> childOptions() {
        return Map.of(
                SrtChannelOption.SRTO_PASSPHRASE, SECRET,
                SrtChannelOption.SRTO_PBKEYLEN, 32,
                SrtChannelOption.SRTO_ENFORCEDENCRYPTION, true,
                SrtChannelOption.SRTO_KMREFRESHRATE, 10_000,
                SrtChannelOption.SRTO_KMPREANNOUNCE, 1000,
                SrtChannelOption.SRTO_MINVERSION, 0x010300);
    }

    static List<SrtChannelOption<?>> names() {
        return List.copyOf(childOptions().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    @SuppressWarnings("unchecked")
    void anOptionOfEncryptionOfChildren_admitsNobody(SrtChannelOption<?> option) throws Exception {
        try (LogRecorder log = LogRecorder.ofAll()) {
            loopback.listen(
                    initialised::add,
                    b -> b.childOption(
                            (SrtChannelOption<Object>) option, childOptions().get(option)));
            Recorder calling = new Recorder();

            ChannelFuture caller = loopback.tryConnect(calling, b -> {}).awaitUninterruptibly();
            if (caller.isSuccess()) {
                calling.awaitEvent("inactive");
            }

            log.awaitMessage(
                    option + "=" + option.srtOption().shown(childOptions().get(option)));
            log.awaitMessage("set it on the listener with option(), not childOption()");
            assertThat(initialised).isEmpty();
            assertThat(String.join("\n", log.messages())).doesNotContain(SECRET);
        }
    }

    @Test
    void anOptionOfEncryption_throwsOnAnAcceptedChannel() throws Exception {
        loopback.listen(initialised::add);
        loopback.connect(new Recorder());
        SrtChannelConfig child = loopback.accepted().config();

        assertThatThrownBy(() -> child.setOption(SrtChannelOption.SRTO_PASSPHRASE, SECRET))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("SRTO_PASSPHRASE=***: has no effect on an accepted channel");
        assertThatThrownBy(() -> child.set(SrtChannelOption.SRTO_PBKEYLEN, 16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("SRTO_PBKEYLEN=16: has no effect on an accepted channel");
    }

    @Test
    void aWrongPassphrase_failsConnectAndBind_andIsNotLogged() {
        try (LogRecorder log = LogRecorder.ofAll()) {
            String rule = "SRTO_PASSPHRASE: must be empty or 10 to 80 bytes, this has 5";

            loopback.listen(channel -> {});
            assertThat(loopback.tryConnect(new Recorder(), b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, TOO_SHORT))
                            .awaitUninterruptibly()
                            .cause())
                    .hasMessage(rule);
            assertThatThrownBy(() ->
                            loopback.listen(channel -> {}, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, TOO_SHORT)))
                    .hasMessage(rule);

            assertThat(String.join("\n", log.messages())).doesNotContain(TOO_SHORT);
        }
    }

    @Test
    void aWrongStreamId_whichMayHoldAToken_isNotLogged() {
        try (LogRecorder log = LogRecorder.ofAll()) {
            loopback.listen(channel -> {});

            assertThat(loopback.tryConnect(new Recorder(), b -> b.option(SrtChannelOption.SRTO_STREAMID, "tok3n\0"))
                            .awaitUninterruptibly()
                            .cause())
                    .hasMessageStartingWith("SRTO_STREAMID: must not hold a zero byte");

            assertThat(String.join("\n", log.messages())).doesNotContain("tok3n");
        }
    }

    @Test
    void thePassphrase_isNotAmongTheOptions() {
        loopback.listen(channel -> {}, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET));
        SrtChannel caller = loopback.connect(new Recorder(), b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET));

        for (AbstractSrtChannel channel : new AbstractSrtChannel[] {caller, loopback.listener()}) {
            Map<ChannelOption<?>, Object> options = channel.config().getOptions();
            assertThat(options)
                    .doesNotContainKey(SrtChannelOption.SRTO_PASSPHRASE)
                    .doesNotContainValue(SECRET);
            assertThat(channel.config().getOption(SrtChannelOption.SRTO_PASSPHRASE))
                    .isNull();
        }
        assertThat(caller.config().get(SrtChannelOption.SRTO_PASSPHRASE)).isNull();
        assertThat(caller.config().get(SrtChannelOption.SRTO_SNDKMSTATE)).isEqualTo(SrtKeyState.SECURED);
    }

    @Test
    void peersThatSendInClear_andAPassphrase_excludeEachOther() {
        String rule = "SRTO_MINVERSION=0x010200 with SRTO_PASSPHRASE: must be 0x010300 or more";

        assertThatThrownBy(() -> loopback.listen(
                        channel -> {},
                        b -> b.option(SrtChannelOption.SRTO_MINVERSION, 0x010200)
                                .option(SrtChannelOption.SRTO_PASSPHRASE, SECRET)))
                .hasMessageStartingWith(rule);
        loopback.listen(channel -> {});
        assertThat(loopback.tryConnect(
                                new Recorder(),
                                b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET)
                                        .option(SrtChannelOption.SRTO_MINVERSION, 0x010200))
                        .awaitUninterruptibly()
                        .cause())
                .hasStackTraceContaining(rule);
        assertThatThrownBy(() -> SrtAcceptDecision.accept()
                        .with(SrtChannelOption.SRTO_PASSPHRASE, SECRET)
                        .with(SrtChannelOption.SRTO_MINVERSION, 0x010200))
                .hasMessageStartingWith(rule);
        assertThatThrownBy(() -> SrtAcceptDecision.accept()
                        .with(SrtChannelOption.SRTO_MINVERSION, 0x010200)
                        .with(SrtChannelOption.SRTO_PASSPHRASE, SECRET))
                .hasMessageStartingWith(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", SECRET})
    void aServerOfVersion4_isNotConnectedTo(String passphrase) throws Exception {
        try (RawServer server = RawServer.open()
                .onInduction(request -> RawServer.induction(request).version(4).extension(2))
                .onConclusion(RawServer::conclusion4)
                .start()) {
            ChannelFuture caller = loopback.caller(
                            new Recorder(), b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, passphrase))
                    .connect(server.address())
                    .awaitUninterruptibly();

            assertThat(caller.cause())
                    .isInstanceOfSatisfying(
                            SrtRejectedException.class,
                            e -> assertThat(e.reason().code()).isEqualTo(8));
            assertThat(server.packets()).allMatch(RawPacket::isControl);
        }
    }
}
