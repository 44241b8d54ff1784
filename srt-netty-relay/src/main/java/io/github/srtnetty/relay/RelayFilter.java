// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtRejectReason;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may publish and play, once for each caller: the accepted channel gets the decision as its
 * {@link Admission}. On libsrt's receive thread of a port, so it looks into a few maps and never waits; every answer
 * takes the same few steps, however many are connected.
 */
final class RelayFilter implements SrtAcceptFilter {
    private final Hub hub;
    private final int port;

    RelayFilter(Hub hub, int port) {
        this.hub = hub;
        this.port = port;
    }

    @Override
    public SrtAcceptDecision decide(SrtAcceptRequest caller) {
        RelayConfig config = hub.config();
        StreamRequest request;
        try {
            request = config.request(caller.streamId(), port);
        } catch (StreamIdException e) {
            return reject(caller, "stream=? (" + e.getMessage() + ")", e.reason());
        }
        String asked = "stream=" + request.name() + " role=" + request.role();
        InetAddress address = caller.peer().getAddress();
        SrtRejectReason rejection = rejection(config, request, address);
        if (rejection != null) {
            return reject(caller, asked, rejection);
        }
        Places.Outcome outcome = hub.places().take(address, request, config, System.nanoTime());
        if (outcome.place() == null) {
            hub.limited(Objects.requireNonNull(outcome.limit()));
            return reject(caller, asked + " limit=" + outcome.limit(), SrtRejectReason.OVERLOAD);
        }
        return accept(new Admission(request, config, outcome.place()));
    }

    /** Tokens come before names, so that a code does not reveal which names there are to a caller without a token. */
    private @Nullable SrtRejectReason rejection(RelayConfig config, StreamRequest request, InetAddress address) {
        if (hub.isDraining()) {
            return SrtRejectReason.DOWN;
        }
        if (hub.wrongTokens().mustWait(address, System.nanoTime())) {
            hub.limited(CallerLimit.WRONG_TOKENS);
            return SrtRejectReason.OVERLOAD;
        }
        SrtRejectReason unproven = unproven(config, request);
        if (unproven != null) {
            if (!request.token().isEmpty()) {
                hub.wrongTokens().add(address, System.nanoTime());
            }
            return unproven;
        }
        if (!config.knows(request.name())) {
            return SrtRejectReason.NOTFOUND;
        }
        LiveStream stream = hub.stream(request.name());
        boolean live = stream != null && stream.isLive();
        if (request.role() == Role.PUBLISH) {
            return live ? SrtRejectReason.CONFLICT : null;
        }
        boolean mustBeLive = config.is(RelaySetting.PLAYERS_BEFORE_PUBLISHER, "reject");
        return mustBeLive && !live ? SrtRejectReason.NOTFOUND : null;
    }

    /** A caller with the token of the other role is known, but may not do this; any other wrong token is nobody's. */
    private static @Nullable SrtRejectReason unproven(RelayConfig config, StreamRequest request) {
        String wanted = config.token(request.name(), request.role());
        if (wanted.isEmpty()) {
            boolean hidden = !config.knows(request.name()) && config.hasTokens();
            return hidden ? SrtRejectReason.UNAUTHORIZED : null;
        }
        if (isEqual(wanted, request.token())) {
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

    private SrtAcceptDecision reject(SrtAcceptRequest caller, String asked, SrtRejectReason reason) {
        hub.reject(caller.peer(), asked, reason);
        return SrtAcceptDecision.reject(reason);
    }

    private static SrtAcceptDecision accept(Admission admission) {
        SrtAcceptDecision decision = SrtAcceptDecision.accept().attr(Admission.KEY, admission);
        String passphrase = admission.config().passphrase(admission.request().name());
        return passphrase == null
                ? decision
                : decision.with(SrtChannelOption.SRTO_PASSPHRASE, passphrase)
                        .with(SrtChannelOption.SRTO_ENFORCEDENCRYPTION, true); // whatever --listen says
    }
}
