// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.auth.HookRules;
import io.github.srtnetty.relay.auth.StreamTokens;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.hook.Hook;
import io.github.srtnetty.relay.hook.HookAnswer;
import io.github.srtnetty.relay.hook.HookLookup;
import io.github.srtnetty.relay.hook.HookQuestion;
import io.github.srtnetty.relay.monitor.CallerLimit;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.SlashHint;
import io.github.srtnetty.relay.streamid.StreamIdException;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The accept filter: decides which callers may publish and play, once for each caller; the accepted channel gets the
 * decision as its {@link Admission}. It runs on libsrt's receive thread of a port, so it only reads a few maps and
 * never waits. The cost of a decision does not depend on the number of connections.
 */
public final class RelayFilter {
    private static final int MOST_ID_BYTES = 512;

    /** A caller on its way through the checks. */
    private record Asked(
            SrtAcceptRequest caller,
            StreamRequest request,
            Authority.Current current,
            BooleanSupplier failed,
            long nowNanos) {
        InetAddress address() {
            return caller.peer().getAddress();
        }

        String text() {
            return "stream=" + request.name() + " role=" + request.role();
        }
    }

    /**
     * The terms of an accepted connection.
     *
     * @param passphrase what it must encrypt with, null where it need not
     * @param user the name of the user, empty where it is not known
     * @param options libsrt's options
     */
    private record Terms(@Nullable String passphrase, String user, Map<SrtChannelOption<?>, Object> options) {
        Terms with(HookAnswer answer) {
            return new Terms(
                    answer.passphrase() == null ? passphrase : answer.passphrase(),
                    answer.user().isEmpty() ? user : answer.user(),
                    answer.options());
        }

        /** Leaves out what is secret. */
        @Override
        public String toString() {
            return "Terms[" + (passphrase == null ? "" : "encrypted") + "]";
        }
    }

    private final Authority authority;
    private final Places places;
    private final TokenBans tokenBans;
    private final CallerReports reports;
    private final Predicate<String> isLive;
    private final BooleanSupplier acceptsPublishers;
    private final Bans bans;

    /**
     * Creates the filter of a relay.
     *
     * @param isLive returns whether the stream with a name has a publisher that sends, on any node
     * @param acceptsPublishers returns whether this node may have publishers now
     */
    public RelayFilter(
            Authority authority,
            Places places,
            TokenBans tokenBans,
            CallerReports reports,
            Bans bans,
            Predicate<String> isLive,
            BooleanSupplier acceptsPublishers) {
        this.acceptsPublishers = acceptsPublishers;
        this.bans = bans;
        this.authority = authority;
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
        Authority.Current current = authority.current();
        StreamRequest request;
        try {
            request = current.rules().request(caller.streamId(), port);
        } catch (StreamIdException e) {
            return reject(caller, "stream=? (" + e.getMessage() + ")", e.reason());
        }
        Asked asked = new Asked(caller, request, current, failed, System.nanoTime());
        SrtRejectReason barred = barred(asked);
        if (barred != null) {
            return reject(asked, "", barred);
        }
        if (request.role() == Role.PUBLISH && !acceptsPublishers.getAsBoolean()) {
            return reject(asked, "this node is in the minority part of a split cluster", SrtRejectReason.DOWN);
        }
        Proof proof = isBannedBeforehand(asked)
                ? Proof.reject(SrtRejectReason.OVERLOAD, "", true)
                : Credentials.of(current, request, Instant.now(), asked.nowNanos);
        if (isBanned(asked, proof)) {
            reports.statistics().countLimited(CallerLimit.WRONG_TOKENS);
            return reject(asked, "limit=" + CallerLimit.WRONG_TOKENS, SrtRejectReason.OVERLOAD);
        }
        SrtRejectReason rejection = proof.rejection() == null ? rejection(asked) : proof.rejection();
        if (rejection != null) {
            if (proof.guess()) {
                count(current.rules(), asked.address());
            }
            if (proof.rejection() != null && rejection.equals(SrtRejectReason.OVERLOAD)) {
                reports.statistics().countLimited(CallerLimit.SIGNATURES);
            }
            return reject(asked, proof.why(), rejection);
        }
        String passphrase =
                proof.passphrase() == null ? current.rules().passphrase(request.name()) : proof.passphrase();
        Terms terms = new Terms(passphrase, proof.user().isEmpty() ? request.user() : proof.user(), Map.of());
        return current.rules().auth().asksHook(request.role()) ? hooked(asked, terms) : admit(asked, terms);
    }

    /** Returns a rejection that no token changes, null where there is none. */
    private @Nullable SrtRejectReason barred(Asked asked) {
        if (authority.state().isDraining()) {
            return SrtRejectReason.DOWN;
        }
        return bans.reason(asked.address(), asked.request.name(), Instant.now());
    }

    /** Tokens are checked before these, so a code does not reveal existing names to a caller without a token. */
    private @Nullable SrtRejectReason rejection(Asked asked) {
        StreamRequest request = asked.request;
        RelayRules rules = asked.current.rules();
        if (!asked.current.callers().allows(request.name(), request.role(), asked.address())) {
            return SrtRejectReason.FORBIDDEN;
        }
        if (!rules.knows(request.name())) {
            return SrtRejectReason.NOTFOUND;
        }
        boolean mustBeLive = request.role() == Role.PLAY && rules.is(RelaySetting.PLAYERS_BEFORE_PUBLISHER, "reject");
        return mustBeLive && !isLive.test(request.name()) ? SrtRejectReason.NOTFOUND : null;
    }

    /**
     * Returns whether the address is banned, without checking the token if that would need a signature check or
     * a request to the hook.
     */
    private boolean isBannedBeforehand(Asked asked) {
        return !asked.request.token().isEmpty()
                && Credentials.cost(asked.current, asked.request)
                && tokenBans.isBanned(asked.address(), asked.nowNanos);
    }

    /** Returns whether a ban for wrong tokens applies: to wrong tokens, and to right ones that could be guessed. */
    private boolean isBanned(Asked asked, Proof proof) {
        return proof.rejection() == null
                ? tokenBans.rejectsRight(asked.request, asked.current.rules(), asked.address(), asked.nowNanos)
                : proof.guess() && tokenBans.isBanned(asked.address(), asked.nowNanos);
    }

    /** Notes a wrong token. */
    private void count(RelayRules rules, InetAddress address) {
        if (tokenBans.add(address, rules, System.nanoTime())) {
            reports.banned(address, rules.number(RelaySetting.WRONG_TOKEN_BAN));
        }
    }

    /** Returns whether a caller sends a right token that cannot be guessed; bans of its address do not apply to it. */
    private boolean provesToken(SrtAcceptRequest caller, int port) {
        try {
            Authority.Current current = authority.current();
            StreamRequest request = current.rules().request(caller.streamId(), port);
            StreamTokens wanted = current.callers().tokens(request.name(), request.role());
            return request.token().length() >= TokenBans.GUESSABLE && !wanted.isEmpty() && wanted.has(request.token());
        } catch (StreamIdException e) {
            return false;
        }
    }

    /** Decides by the hook: immediately if its answer is known, otherwise according to its mode. */
    private SrtAcceptDecision hooked(Asked asked, Terms terms) {
        Hook hook = asked.current.hook();
        if (hook == null) {
            return reject(asked, "no hook is ready", SrtRejectReason.DOWN);
        }
        HookQuestion question =
                new HookQuestion(asked.caller.streamId(), asked.request, asked.caller.peer(), terms.passphrase != null);
        HookLookup lookup = hook.lookup(question, asked.nowNanos);
        if (lookup instanceof HookLookup.Known known) {
            HookAnswer answer = known.answer();
            return answer.rejection() != null
                    ? reject(asked, answer.why(), answer.rejection())
                    : admit(asked, terms.with(answer));
        }
        if (!(lookup instanceof HookLookup.Asking asking)) {
            reports.statistics().countLimited(CallerLimit.HOOK);
            return reject(asked, "limit=" + CallerLimit.HOOK, SrtRejectReason.OVERLOAD);
        }
        if (asking.first() && !asked.request.token().isEmpty()) {
            asking.answer().thenAccept(answer -> count(answer, asked.address()));
        }
        return hook.rules().mode() == HookRules.Mode.RETRY
                ? reject(asked, "the hook has not answered yet", SrtRejectReason.DOWN)
                : hold(asked, terms, asking);
    }

    private void count(HookAnswer answer, InetAddress address) {
        if (SrtRejectReason.UNAUTHORIZED.equals(answer.rejection())) {
            count(authority.state().rules(), address);
        }
    }

    private SrtAcceptDecision hold(Asked asked, Terms terms, HookLookup.Asking asking) {
        RelayRules rules = asked.current.rules();
        Places.Outcome outcome =
                places.takeUnnamed(asked.address(), asked.request, rules, asked.failed, asked.nowNanos);
        return outcome.place() == null
                ? full(asked, outcome)
                : accept(new Admission(asked.request, rules, outcome.place(), terms.user, asking.answer()), terms);
    }

    private SrtAcceptDecision admit(Asked asked, Terms terms) {
        RelayRules rules = asked.current.rules();
        Places.Outcome outcome = places.take(asked.address(), asked.request, rules, asked.failed, asked.nowNanos);
        return outcome.place() == null
                ? full(asked, outcome)
                : accept(new Admission(asked.request, rules, outcome.place(), terms.user), terms);
    }

    private SrtAcceptDecision full(Asked asked, Places.Outcome outcome) {
        if (outcome.limit() == null) {
            return reject(asked, "", SrtRejectReason.CONFLICT);
        }
        reports.statistics().countLimited(outcome.limit());
        return reject(asked, "limit=" + outcome.limit(), SrtRejectReason.OVERLOAD);
    }

    private SrtAcceptDecision reject(Asked asked, String why, SrtRejectReason reason) {
        String words = why.isEmpty() || why.startsWith("limit=") ? why : "(" + why + hint(asked, why) + ")";
        return reject(asked.caller, asked.text() + (words.isEmpty() ? "" : " ") + words, reason);
    }

    private SrtAcceptDecision reject(SrtAcceptRequest caller, String asked, SrtRejectReason reason) {
        reports.rejected(caller.peer(), asked + SlashHint.of(caller.streamId()), reason);
        return SrtAcceptDecision.reject(reason);
    }

    /**
     * Returns a hint on a cut stream id: libsrt does not cut ids, but some programs do. An id of the maximum length
     * may be the start of a longer one.
     */
    private static String hint(Asked asked, String why) {
        boolean full = asked.caller.streamId().getBytes(StandardCharsets.UTF_8).length >= MOST_ID_BYTES;
        return full && why.startsWith("the JSON Web Token")
                ? "; the stream id has " + MOST_ID_BYTES + " bytes, the maximum of SRT: it may be truncated"
                : "";
    }

    private static SrtAcceptDecision accept(Admission admission, Terms terms) {
        SrtAcceptDecision decision = SrtAcceptDecision.accept().attr(Admission.KEY, admission);
        for (Map.Entry<SrtChannelOption<?>, Object> option : terms.options.entrySet()) {
            decision = with(decision, option.getKey(), option.getValue());
        }
        return terms.passphrase == null
                ? decision
                : decision.with(SrtChannelOption.SRTO_PASSPHRASE, terms.passphrase)
                        .with(SrtChannelOption.SRTO_ENFORCEDENCRYPTION, true); // whatever --listen says
    }

    @SuppressWarnings("unchecked") // the value was parsed by the option
    private static <T> SrtAcceptDecision with(SrtAcceptDecision decision, SrtChannelOption<T> option, Object value) {
        return decision.with(option, (T) value);
    }
}
