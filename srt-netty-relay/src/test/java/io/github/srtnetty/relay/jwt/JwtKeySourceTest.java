// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.srtnetty.relay.auth.JwtRules;
import io.github.srtnetty.relay.hook.HookServer;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys come from a file or an address, are read again, and stay where that fails. */
class JwtKeySourceTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String GOOD = "{\"streams\":\"*\",\"role\":\"publish\",\"exp\":1800000060}";

    @TempDir
    Path folder;

    private long nanos = System.nanoTime();

    @Test
    void getsKeysFromAnAddress_andKeepsThemWhileItFails() throws Exception {
        Minter first = Minter.of("ES256");
        Minter second = Minter.of("EdDSA");
        try (HookServer server = HookServer.start();
                JwtVerifier verifier = JwtVerifier.start(rules(null, server), new JwtCounts())) {
            server.answer(200, new String(Minter.keySet(first), StandardCharsets.UTF_8));
            Await.until("the keys are there", () -> fault(verifier, first) == null);
            String known = first.mint(GOOD);
            assertThat(verifier.check(known, NOW, nanos).fault()).isNull();

            for (String bad : new String[] {"no keys", "{\"keys\":[]}", "x".repeat(JwtKeySource.MOST_BYTES + 1)}) {
                server.answer(200, bad);
                server.awaitRequests(server.requests() + 2);
                assertThat(fault(verifier, first)).isNull();
            }
            server.answer(302, "");
            server.awaitRequests(server.requests() + 2);
            assertThat(fault(verifier, first)).isNull();

            server.answer(200, new String(Minter.keySet(second), StandardCharsets.UTF_8));
            Await.until("the keys changed", () -> fault(verifier, second) == null);
            assertThat(verifier.check(known, NOW, nanos).fault())
                    .as("a token of a key that was taken back does not count, although it was checked before")
                    .isEqualTo(JwtFault.UNKNOWN_KEY);
        }
    }

    @Test
    void anAddressDoesNotGiveSecrets() throws Exception {
        Minter secret = Minter.of("HS256");
        Minter key = Minter.of("ES256");
        try (HookServer server = HookServer.start();
                JwtVerifier verifier = JwtVerifier.start(rules(null, server), new JwtCounts())) {
            server.answer(200, new String(Minter.keySet(secret, key), StandardCharsets.UTF_8));
            Await.until("the keys are there", () -> fault(verifier, key) == null);
            assertThat(fault(verifier, secret)).isEqualTo(JwtFault.UNKNOWN_KEY);
        }
    }

    @Test
    void untilThereAreKeysCallersMayTryAgain() throws Exception {
        try (HookServer server = HookServer.start()) {
            server.answer(503, "");
            try (JwtVerifier verifier = JwtVerifier.start(rules(null, server), new JwtCounts())) {
                JwtFault fault = fault(verifier, Minter.of("ES256"));
                assertThat(fault).isEqualTo(JwtFault.NO_KEYS);
                assertThat(fault.reason().isTransient()).isTrue();
            }
        }
    }

    @Tag("slow")
    @Test
    void readsAFileAgain_andKeepsTheKeysWhereItIsBroken() throws Exception {
        Minter first = Minter.of("ES256");
        Minter second = Minter.of("ES256");
        Path file = Files.write(folder.resolve("jwks.json"), Minter.keySet(first));
        try (JwtVerifier verifier = JwtVerifier.start(rules(file, null), new JwtCounts())) {
            assertThat(fault(verifier, first)).isNull();
            Files.writeString(file, "{\"keys\":[");
            Path next = Files.write(folder.resolve("next.json"), Minter.keySet(second));
            assertThat(fault(verifier, first)).isNull();
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            Await.until("the keys changed", () -> fault(verifier, second) == null);
            assertThat(fault(verifier, first)).isEqualTo(JwtFault.SIGNATURE);
        }
    }

    /** A device has no size, and no end. */
    @Test
    void refusesADeviceWithoutEnd() {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device), "this machine has no " + device);

        assertThatThrownBy(() -> JwtVerifier.start(rules(device, null), new JwtCounts()))
                .isInstanceOf(IOException.class)
                .hasMessage("jwt: /dev/zero: is longer than 262144 bytes");
    }

    /** Each check is a second after the one before, so that their number does not matter. */
    private JwtFault fault(JwtVerifier verifier, Minter minter) {
        nanos += TimeUnit.SECONDS.toNanos(1);
        return verifier.check(minter.mint(GOOD), NOW, nanos).fault();
    }

    private static JwtRules rules(Path file, HookServer server) {
        return new JwtRules(
                file,
                server == null ? null : server.uri(),
                true,
                Duration.ofMillis(50),
                Set.copyOf(JwtRules.ALGORITHMS),
                null,
                null,
                Duration.ZERO,
                Set.of(Role.PUBLISH));
    }
}
