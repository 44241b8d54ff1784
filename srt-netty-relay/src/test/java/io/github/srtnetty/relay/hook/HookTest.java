// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.auth.HookRules;
import io.github.srtnetty.relay.auth.HookRules.Mode;
import io.github.srtnetty.relay.auth.HookRules.WhenDown;
import io.github.srtnetty.relay.hook.HookServer.Answer;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamIds;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.github.srtnetty.testing.TestSecrets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the hook is asked, what its answers mean, how long they hold, and what holds without one. */
class HookTest {
    private static final int DOWN = SrtRejectReason.DOWN.code();

    @Test
    void sendsWhatIsKnownOfTheCaller() throws Exception {
        try (HookServer server = HookServer.start();
                Hook hook = hook(server, WhenDown.DENY, 10)) {
            answer(hook, "publish:live/a:me:" + TestSecrets.TOKEN);

            assertThat(server.questions())
                    .containsExactly("{\"streamId\":\"publish:live/a:me:" + TestSecrets.TOKEN
                            + "\",\"role\":\"publish\",\"name\":\"live/a\",\"token\":\"" + TestSecrets.TOKEN
                            + "\",\"address\":\"192.0.2.1\",\"port\":5000,\"encryption\":\"optional\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    204 |                                          | 0
                    200 | {"allow":true}                           | 0
                    200 | {"allow":true,"user":{"id":[1,{"a":2}]}} | 0
                    200 | {"allow":false}                          | 1403
                    200 | {"allow":false,"code":1404}              | 1404
                    200 | {"allow":false,"code":2999,"reason":"x"} | 2999
                    401 |                                          | 1401
                    401 | <html>                                   | 1401
                    403 | {"allow":true}                           | 1403
                    404 |                                          | 1404
                    200 |                                          | 1503
                    200 | {"allow":"yes"}                          | 1503
                    200 | {"allow":1}                              | 1503
                    200 | {}                                       | 1503
                    200 | []                                       | 1503
                    200 | true                                     | 1503
                    200 | {"allow":true                            | 1503
                    200 | {"allow":true}{"allow":false}            | 1503
                    200 | {"allow":false,"allow":true}             | 1503
                    200 | {"allow":false,"code":0}                 | 1503
                    200 | {"allow":false,"code":10}                | 1503
                    200 | {"allow":false,"code":99999999999999}    | 1503
                    200 | {"allow":true,"passphrase":"short"}      | 1503
                    200 | {"allow":true,"passphrase":""}           | 1503
                    200 | {"allow":true,"passphraseName":"none"}   | 1503
                    200 | {"allow":true,"options":{"latency":-1}}  | 1503
                    200 | {"allow":true,"options":{"latency":"1"}} | 1503
                    200 | {"allow":true,"options":{"streamid":1}}  | 1503
                    200 | {"allow":true,"options":{"passphrase":1}} | 1503
                    200 | {"allow":true,"options":{"enforcedencryption":0}} | 1503
                    200 | {"allow":true,"options":[]}              | 1503
                    200 | {"a":[[[[[[[[[[]]]]]]]]]],"allow":true}  | 1503
                    201 | {"allow":true}                           | 1503
                    302 |                                          | 1503
                    400 |                                          | 1503
                    407 |                                          | 1503
                    429 |                                          | 1503
                    500 | {"allow":true}                           | 1503
                    503 |                                          | 1503
                    """)
    void readsAnswers(int status, String body, int code) throws Exception {
        try (HookServer server = HookServer.start();
                Hook hook = hook(server, WhenDown.DENY, 10)) {
            server.answer(question ->
                    new Answer(status, body == null ? "" : body, Map.of("location", server.uri() + "/elsewhere")));

            assertThat(code(answer(hook, "read:a"))).isEqualTo(code);
            assertThat(server.requests()).as("no redirect is followed").isEqualTo(1);
        }
    }

    @Test
    void takesPassphraseAndOptions() throws Exception {
        try (HookServer server = HookServer.start();
                Hook hook = hook(server, WhenDown.DENY, 10)) {
            server.answer(
                    200,
                    "{\"allow\":true,\"passphrase\":\"" + TestSecrets.PASSPHRASE
                            + "\",\"options\":{\"latency\":700,\"maxbw\":1000000}}");
            HookAnswer own = answer(hook, "read:a");
            assertThat(own.passphrase()).isEqualTo(TestSecrets.PASSPHRASE);
            assertThat(own.options())
                    .isEqualTo(Map.of(SrtChannelOption.SRTO_LATENCY, 700, SrtChannelOption.SRTO_MAXBW, 1_000_000L));

            server.answer(200, "{\"allow\":true,\"passphraseName\":\"studio\"}");
            HookAnswer named = answer(hook, "read:b");
            assertThat(named.passphrase()).isEqualTo(TestSecrets.WRONG_PASSPHRASE);
            assertThat(own + " " + named).doesNotContain(TestSecrets.MARK);
        }
    }

    @Test
    void asksOnceForCallersWithTheSameQuestion() throws Exception {
        try (HookServer server = HookServer.start();
                Hook hook = hook(server, WhenDown.DENY, 10)) {
            server.hold();
            HookLookup.Asking first = (HookLookup.Asking) lookup(hook, "read:a");
            HookLookup.Asking second = (HookLookup.Asking) lookup(hook, "read:a");
            HookLookup.Asking other = (HookLookup.Asking) lookup(hook, "read:b");
            server.awaitRequests(2);

            assertThat(first.first()).isTrue();
            assertThat(second.first()).isFalse();
            assertThat(second.answer()).isSameAs(first.answer()).isNotSameAs(other.answer());
            server.release();
            assertThat(code(get(first.answer()))).isZero();
            assertThat(code(get(other.answer()))).isZero();
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void answersOfOneAddressDoNotHoldForAnother() throws Exception {
        try (HookServer server = HookServer.start();
                Hook hook = hook(server, WhenDown.DENY, 10)) {
            answer(hook, "read:a");
            assertThat(lookup(hook, "read:a")).isInstanceOf(HookLookup.Known.class);
            HookQuestion elsewhere = question("read:a", "192.0.2.2");
            assertThat(hook.lookup(elsewhere, System.nanoTime())).isInstanceOf(HookLookup.Asking.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    max-age=30                  | true  | 29     | true
                    max-age=30                  | true  | 31     | false
                    private, max-age="30"       | true  | 29     | true
                    MAX-AGE=30                  | false | 31     | false
                                                | true  | 59     | true
                                                | true  | 61     | false
                                                | false | 9      | true
                                                | false | 11     | false
                    s-maxage=5                  | true  | 59     | true
                    max-age=9999999999          | true  | 86399  | true
                    max-age=9999999999          | true  | 86401  | false
                    max-age=-5                  | false | 9      | true
                    """)
    void keepsAnAnswerAsLongAsItSays(String cacheControl, boolean allow, long seconds, boolean known) throws Exception {
        try (HookServer server = HookServer.start();
                Hook hook = hook(server, WhenDown.DENY, 10)) {
            Map<String, String> headers = cacheControl == null ? Map.of() : Map.of("Cache-Control", cacheControl);
            server.answer(question -> new Answer(200, "{\"allow\":" + allow + "}", headers));
            long before = System.nanoTime();
            answer(hook, "read:a");
            long then = (known ? before : System.nanoTime()) + TimeUnit.SECONDS.toNanos(seconds);

            assertThat(hook.lookup(question("read:a", "192.0.2.1"), then) instanceof HookLookup.Known)
                    .isEqualTo(known);
        }
    }

    @ParameterizedTest
    @CsvSource({"no-store", "no-cache", "max-age=0", "'no-store, max-age=60'"})
    void servesOneMoreAttempt_whereAnAnswerMayNotBeKept(String cacheControl) throws Exception {
        try (HookServer server = HookServer.start();
                Hook hook = hook(server, WhenDown.DENY, 10)) {
            server.answer(question -> new Answer(204, "", Map.of("Cache-Control", cacheControl)));
            answer(hook, "read:a");

            assertThat(lookup(hook, "read:a")).isInstanceOf(HookLookup.Known.class);
            assertThat(lookup(hook, "read:a")).isInstanceOf(HookLookup.Asking.class);
        }
    }

    @Test
    void opensOnlySoManyQuestions() throws Exception {
        try (HookServer server = HookServer.start();
                Hook hook = hook(server, WhenDown.DENY, 3)) {
            server.hold();
            for (int i = 0; i < 3; i++) {
                assertThat(lookup(hook, "read:a" + i)).isInstanceOf(HookLookup.Asking.class);
            }
            assertThat(lookup(hook, "read:b")).isInstanceOf(HookLookup.Busy.class);
            assertThat(lookup(hook, "read:a0")).isInstanceOf(HookLookup.Asking.class);
        }
    }

    @Test
    void stopsAskingAServerThatFails_andTriesAgainWithOneQuestion() throws Exception {
        try (HookServer server = HookServer.start();
                Hook hook = hook(server, WhenDown.DENY, 100)) {
            server.answer(500, "");
            for (int i = 0; i < CircuitBreaker.FAILURES; i++) {
                assertThat(code(answer(hook, "read:a" + i))).isEqualTo(DOWN);
            }
            assertThat(lookup(hook, "read:b")).isInstanceOf(HookLookup.Known.class);
            assertThat(server.requests()).isEqualTo(CircuitBreaker.FAILURES);

            server.answer(204, "");
            long later = System.nanoTime() + CircuitBreaker.OPEN_NANOS + 1;
            HookLookup.Asking probe = (HookLookup.Asking) hook.lookup(question("read:c", "192.0.2.1"), later);
            assertThat(code(get(probe.answer()))).isZero();
            assertThat(code(answer(hook, "read:d"))).isZero();
        }
    }

    @Test
    void letsInWhoWasLetInBefore_whileItIsDown_whereThatIsConfigured() throws Exception {
        for (WhenDown whenDown : WhenDown.values()) {
            try (HookServer server = HookServer.start();
                    Hook hook = hook(server, whenDown, 100)) {
                server.answer(question ->
                        new Answer(question.contains("bad") ? 403 : 204, "", Map.of("Cache-Control", "max-age=1")));
                answer(hook, "read:good");
                answer(hook, "read:bad");
                server.answer(500, "");

                long later = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
                int expected = whenDown == WhenDown.CACHED ? 0 : DOWN;
                assertThat(code(await(hook.lookup(question("read:good", "192.0.2.1"), later))))
                        .isEqualTo(expected);
                assertThat(code(await(hook.lookup(question("read:bad", "192.0.2.1"), later))))
                        .isEqualTo(DOWN);
                assertThat(code(await(hook.lookup(question("read:new", "192.0.2.1"), later))))
                        .isEqualTo(DOWN);
            }
        }
    }

    @Test
    void aRejectionEndsAPermission_forAnOutageToo() throws Exception {
        try (HookServer server = HookServer.start();
                Hook hook = hook(server, WhenDown.CACHED, 100)) {
            server.answer(question -> new Answer(204, "", Map.of("Cache-Control", "no-store")));
            answer(hook, "read:a");
            assertThat(lookup(hook, "read:a")).isInstanceOf(HookLookup.Known.class);
            server.answer(question -> new Answer(403, "", Map.of("Cache-Control", "max-age=0")));
            assertThat(code(answer(hook, "read:a"))).isEqualTo(1403);
            assertThat(lookup(hook, "read:a")).isInstanceOf(HookLookup.Known.class);
            server.answer(500, "");

            assertThat(code(answer(hook, "read:a"))).isEqualTo(DOWN);
        }
    }

    @Test
    void givesUpOnAnAnswerThatTrickles_andOnOneThatIsTooLong() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{";
        for (boolean slow : new boolean[] {true, false}) {
            CountDownLatch closed = new CountDownLatch(1);
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread server = new Thread(() -> trickle(listener, head, slow, closed), "trickle");
                server.start();
                URI uri = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
                try (Hook hook = Hook.start(rules(uri, true, WhenDown.DENY, 10, 500), Map.of(), new HookCounts())) {
                    assertThat(code(answer(hook, "read:a"))).isEqualTo(DOWN);
                    assertThat(closed.await(30, TimeUnit.SECONDS))
                            .as("the connection is closed")
                            .isTrue();
                }
                server.join();
            }
        }
    }

    @Test
    void asksNoPrivateAddress_unlessItIsConfigured() throws Exception {
        try (HookServer server = HookServer.start()) {
            for (String host : new String[] {
                "127.0.0.1",
                "localhost",
                "[::1]",
                "10.0.0.1",
                "169.254.169.254",
                "0.0.0.0",
                "100.64.0.1",
                "[fd00::1]",
                "192.168.1.1",
                "[::ffff:127.0.0.1]",
                "2130706433"
            }) {
                URI uri = URI.create("http://" + host + ":" + server.uri().getPort() + "/auth");
                try (Hook hook = Hook.start(rules(uri, false, WhenDown.DENY, 10, 1000), Map.of(), new HookCounts())) {
                    assertThat(code(answer(hook, "read:a"))).as(host).isEqualTo(DOWN);
                }
            }
            assertThat(server.requests()).isZero();
        }
    }

    private static void trickle(ServerSocket listener, String head, boolean slow, CountDownLatch closed) {
        try (Socket socket = listener.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] part = new byte[slow ? 1 : 1000];
            while (true) { // until the client closes
                out.write(part);
                out.flush();
                if (slow && socket.getInputStream().available() < 0) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(slow ? 20 : 0);
            }
        } catch (IOException | InterruptedException e) {
            closed.countDown();
        }
    }

    private static int code(HookAnswer answer) {
        return answer.rejection() == null ? 0 : answer.rejection().code();
    }

    private static HookAnswer answer(Hook hook, String streamId) throws Exception {
        return await(lookup(hook, streamId));
    }

    private static HookAnswer await(HookLookup lookup) throws Exception {
        return lookup instanceof HookLookup.Known known ? known.answer() : get(((HookLookup.Asking) lookup).answer());
    }

    private static HookAnswer get(CompletableFuture<HookAnswer> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static HookLookup lookup(Hook hook, String streamId) throws Exception {
        return hook.lookup(question(streamId, "192.0.2.1"), System.nanoTime());
    }

    private static HookQuestion question(String streamId, String address) throws Exception {
        StreamRequest request = StreamIds.parse(streamId, Role.PLAY);
        return new HookQuestion(streamId, request, new InetSocketAddress(InetAddress.getByName(address), 5000), false);
    }

    private static Hook hook(HookServer server, WhenDown whenDown, int mostPending) throws IOException {
        return Hook.start(
                rules(server.uri(), true, whenDown, mostPending, 30_000),
                Map.of("studio", TestSecrets.WRONG_PASSPHRASE),
                new HookCounts());
    }

    private static HookRules rules(URI uri, boolean allowPrivate, WhenDown whenDown, int mostPending, int millis) {
        return new HookRules(
                uri,
                allowPrivate,
                Mode.HOLD,
                Duration.ofMillis(millis),
                mostPending,
                whenDown,
                null,
                null,
                Set.of(Role.PUBLISH, Role.PLAY));
    }
}
