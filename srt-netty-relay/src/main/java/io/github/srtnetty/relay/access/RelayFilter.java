// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.monitor.CallerLimit;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.SlashHint;
import io.github.srtnetty.relay.streamid.StreamIdException;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The accept filter: decides which callers may publish and play, once for each caller; the accepted channel gets the
 * decision as its {@link Admission}. It runs on libsrt's receive thread of a port, so it reads a few maps and never
 * waits; every decision takes the same few steps, however many are connected.
 */
public final class RelayFilter {
    private final RelayState state;
    private final Places places;
    private final TokenBans tokenBans;
    private final CallerReports reports;
    private final Predicate<String> isLive;
    private final Bans bans;

    /**
     * Creates the filter of a relay.
     *
     * @param isLive returns whether the stream with a name has a publisher that sends
     */
    public RelayFilter(
            RelayState state,
            Places places,
            TokenBans tokenBans,
            CallerReports reports,
            Bans bans,
            Predicate<String> isLive) {
        this.bans = bans;
        this.state = state;
        this.places = places;
        this.tokenBans = tokenBans;
        this.reports = reports;
        this.isLive = isLive;
    }

    /** Returns the filter for the listener with a port as in its address, 0 for an ephemeral one. */
    public SrtAcceptFilter forPort(int port) {
        return new PortFilter(this, port);
    }

    /** The filter of one listener. */
    private record PortFilter(RelayFilter filter, int port) implements SrtAcceptFilter {
        @Override
        public SrtAcceptDecision decide(SrtAcceptRequest caller) {
            return decide(caller, () -> false);
        }

        @Override
        public SrtAcceptDecision decide(SrtAcceptRequest caller, BooleanSupplier failed) {
            return filter.decide(caller, port, failed);
        }

        @Override
        public boolean mayExceedRate(SrtAcceptRequest caller) {
            return filter.provesToken(caller, port);
        }
    }

    private SrtAcceptDecision decide(SrtAcceptRequest caller, int port, BooleanSupplier failed) {
        RelayRules config = state.rules();
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
        Places.Outcome outcome = places.take(address, request, config, failed, System.nanoTime());
        if (outcome.place() != null) {
            return accept(new Admission(request, config, outcome.place()));
        }
        if (outcome.limit() == null) {
            return reject(caller, asked, SrtRejectReason.CONFLICT);
        }
        reports.statistics().countLimited(outcome.limit());
        return reject(caller, asked + " limit=" + outcome.limit(), SrtRejectReason.OVERLOAD);
    }

    /** Tokens come before names, so that a code does not reveal which names there are to a caller without a token. */
    private @Nullable SrtRejectReason rejection(RelayRules config, StreamRequest request, InetAddress address) {
        if (state.isDraining()) {
            return SrtRejectReason.DOWN;
        }
        SrtRejectReason banned = bans.reason(address, request.name(), Instant.now());
        if (banned != null) {
            return banned;
        }
        SrtRejectReason unproven = checked(config, request, address);
        if (unproven != null) {
            return unproven;
        }
        if (!config.knows(request.name())) {
            return SrtRejectReason.NOTFOUND;
        }
        boolean mustBeLive = request.role() == Role.PLAY && config.is(RelaySetting.PLAYERS_BEFORE_PUBLISHER, "reject");
        return mustBeLive && !isLive.test(request.name()) ? SrtRejectReason.NOTFOUND : null;
    }

    /** A ban for wrong tokens holds for those, and for right ones that could be guessed. */
    private @Nullable SrtRejectReason checked(RelayRules config, StreamRequest request, InetAddress address) {
        SrtRejectReason unproven = unproven(config, request);
        long now = System.nanoTime();
        boolean banned = unproven == null
                ? tokenBans.rejectsRight(request, config, address, now)
                : !request.token().isEmpty() && tokenBans.isBanned(address, now);
        if (banned) {
            reports.statistics().countLimited(CallerLimit.WRONG_TOKENS);
            return SrtRejectReason.OVERLOAD;
        }
        if (unproven != null && !request.token().isEmpty() && tokenBans.add(address, config, now)) {
            reports.banned(address, config.number(RelaySetting.WRONG_TOKEN_BAN));
        }
        return unproven;
    }

    /** Returns whether a caller sends a right token that nobody guesses: other callers of its address do not matter. */
    private boolean provesToken(SrtAcceptRequest caller, int port) {
        try {
            RelayRules config = state.rules();
            StreamRequest request = config.request(caller.streamId(), port);
            return request.token().length() >= TokenBans.GUESSABLE
                    && !config.token(request.name(), request.role()).isEmpty()
                    && unproven(config, request) == null;
        } catch (StreamIdException e) {
            return false;
        }
    }

    /** A caller with the token of the other role is known, but may not do this; any other wrong token is nobody's. */
    private static @Nullable SrtRejectReason unproven(RelayRules config, StreamRequest request) {
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
        reports.rejected(caller.peer(), asked + SlashHint.of(caller.streamId()), reason);
        return SrtAcceptDecision.reject(reason);
    }

    private static SrtAcceptDecision accept(Admission admission) {
        SrtAcceptDecision decision = SrtAcceptDecision.accept().attr(Admission.KEY, admission);
        String passphrase = admission.rules().passphrase(admission.request().name());
        return passphrase == null
                ? decision
                : decision.with(SrtChannelOption.SRTO_PASSPHRASE, passphrase)
                        .with(SrtChannelOption.SRTO_ENFORCEDENCRYPTION, true); // whatever --listen says
    }
}
