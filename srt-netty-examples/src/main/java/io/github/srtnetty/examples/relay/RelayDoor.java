// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may publish and play. On libsrt's receive thread of a port, so it reads a few maps and never waits; every answer
 * takes the same few steps, however many are connected.
 */
final class RelayDoor implements SrtAcceptFilter {
    private final Hub hub;
    private final int port;

    RelayDoor(Hub hub, int port) {
        this.hub = hub;
        this.port = port;
    }

    @Override
    public SrtAcceptDecision decide(SrtAcceptRequest caller) {
        RelayConfig config = hub.config();
        SrtRejectReason rejection;
        try {
            StreamRequest request = config.request(caller.streamId(), port);
            rejection = rejection(config, request);
            if (rejection == null) {
                return accept(config, request);
            }
        } catch (StreamIdException e) {
            rejection = e.reason();
        }
        hub.rejected()
                .computeIfAbsent(rejection.code(), code -> new LongAdder())
                .increment();
        return SrtAcceptDecision.reject(rejection);
    }

    private @Nullable SrtRejectReason rejection(RelayConfig config, StreamRequest request) {
        if (hub.isDraining()) {
            return SrtRejectReason.DOWN;
        }
        if (hub.connections().get() >= config.number(RelaySetting.MAX_CONNECTIONS)) {
            return SrtRejectReason.OVERLOAD;
        }
        if (!config.knows(request.name())) {
            return SrtRejectReason.NOTFOUND;
        }
        SrtRejectReason unproven = unproven(config, request);
        if (unproven != null) {
            return unproven;
        }
        LiveStream stream = hub.stream(request.name());
        boolean live = stream != null && stream.isLive();
        if (request.role() == Role.PUBLISH) {
            return live ? SrtRejectReason.CONFLICT : null;
        }
        boolean mustBeLive = config.is(RelaySetting.PLAYERS_BEFORE_PUBLISHER, "reject");
        return mustBeLive && !live ? SrtRejectReason.NOTFOUND : null;
    }

    /** Who sends the token of the other role is known, but may not do this; any other wrong token is nobody's. */
    private static @Nullable SrtRejectReason unproven(RelayConfig config, StreamRequest request) {
        String wanted = config.token(request.name(), request.role());
        if (wanted.isEmpty() || isEqual(wanted, request.token())) {
            return null;
        }
        Role other = request.role() == Role.PUBLISH ? Role.PLAY : Role.PUBLISH;
        String others = config.token(request.name(), other);
        boolean known = !others.isEmpty() && isEqual(others, request.token());
        return known ? SrtRejectReason.FORBIDDEN : SrtRejectReason.UNAUTHORIZED;
    }

    /** Takes as long for a wrong token as for a right one. */
    private static boolean isEqual(String wanted, String sent) {
        return MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    private static SrtAcceptDecision accept(RelayConfig config, StreamRequest request) {
        String passphrase = config.passphrase(request.name());
        return passphrase == null
                ? SrtAcceptDecision.accept()
                : SrtAcceptDecision.accept().with(SrtOptions.SRTO_PASSPHRASE, passphrase);
    }
}
