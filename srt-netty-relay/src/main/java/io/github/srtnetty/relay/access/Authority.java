// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.relay.auth.AuthRules;
import io.github.srtnetty.relay.auth.HookRules;
import io.github.srtnetty.relay.auth.JwtRules;
import io.github.srtnetty.relay.config.CallerRules;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.hook.Hook;
import io.github.srtnetty.relay.hook.HookCounts;
import io.github.srtnetty.relay.jwt.JwtCounts;
import io.github.srtnetty.relay.jwt.JwtVerifier;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides about callers under the rules in effect; prepared when the rules change, so the accept filter only reads
 * memory. Any thread.
 */
public final class Authority implements AutoCloseable {
    /**
     * The parts that belong to one configuration.
     *
     * @param rules the configuration
     * @param callers its tokens and addresses
     * @param jwt checks JSON Web Tokens, null where they are not in use
     * @param hook the server that is asked, null where there is none
     */
    record Current(
            RelayRules rules,
            CallerRules callers,
            @Nullable JwtVerifier jwt,
            @Nullable Hook hook) {}

    private final RelayState state;
    private final HookCounts hookCounts = new HookCounts();
    private final JwtCounts jwtCounts = new JwtCounts();
    private volatile Current current;

    /** Creates the authority of a relay; {@link #prepare} makes keys and hook ready. */
    public Authority(RelayState state) {
        this.state = state;
        RelayRules rules = state.rules();
        current = new Current(rules, new CallerRules(rules), null, null);
    }

    /**
     * Prepares rules that are about to take effect; unchanged parts keep their state.
     *
     * @throws IOException where keys or certificates cannot be used; nothing has changed then
     */
    public synchronized void prepare(RelayRules rules) throws IOException {
        Current before = current;
        AuthRules auth = rules.auth();
        JwtVerifier jwt = jwt(auth.jwt(), before.jwt);
        Hook hook;
        try {
            hook = hook(auth, before);
        } catch (IOException e) {
            if (jwt != null && jwt != before.jwt) {
                jwt.close();
            }
            throw e;
        }
        current = new Current(rules, new CallerRules(rules), jwt, hook);
        if (before.jwt != null && before.jwt != jwt) {
            before.jwt.close();
        }
        if (before.hook != null && before.hook != hook) {
            before.hook.close();
        }
    }

    /** Returns the numbers of all hooks so far. */
    public HookCounts hookCounts() {
        return hookCounts;
    }

    /** Returns the numbers of all JSON Web Tokens so far. */
    public JwtCounts jwtCounts() {
        return jwtCounts;
    }

    /** Returns whether there is a hook that is down. */
    public boolean isHookDown() {
        Hook hook = current.hook;
        return hook != null && hook.isDown();
    }

    /** Returns how many questions to the hook are open. */
    public int hookPending() {
        Hook hook = current.hook;
        return hook == null ? 0 : hook.pending();
    }

    @Override
    public synchronized void close() {
        Current last = current;
        current = new Current(last.rules, last.callers, null, null);
        if (last.jwt != null) {
            last.jwt.close();
        }
        if (last.hook != null) {
            last.hook.close();
        }
    }

    RelayState state() {
        return state;
    }

    Current current() {
        Current now = current;
        return now.rules == state.rules() ? now : follow();
    }

    /** Follows rules that were not prepared; keys and a hook of other rules are not used for them. */
    private synchronized Current follow() {
        Current now = current;
        RelayRules rules = state.rules();
        if (now.rules != rules) {
            boolean sameJwt =
                    Objects.equals(now.rules.auth().jwt(), rules.auth().jwt());
            boolean sameHook =
                    Objects.equals(now.rules.auth().hook(), rules.auth().hook());
            now = new Current(rules, new CallerRules(rules), sameJwt ? now.jwt : null, sameHook ? now.hook : null);
            current = now;
        }
        return now;
    }

    private @Nullable JwtVerifier jwt(@Nullable JwtRules rules, @Nullable JwtVerifier before) throws IOException {
        if (rules == null) {
            return null;
        }
        if (before != null && before.rules().equals(rules)) {
            return before;
        }
        try {
            return JwtVerifier.start(rules, jwtCounts);
        } catch (NoClassDefFoundError e) {
            throw new IOException("jwt: needs com.nimbusds:nimbus-jose-jwt on the class path", e);
        }
    }

    private @Nullable Hook hook(AuthRules auth, Current before) throws IOException {
        HookRules rules = auth.hook();
        if (rules == null) {
            return null;
        }
        boolean same = before.hook != null
                && before.hook.rules().equals(rules)
                && before.rules.auth().passphrases().equals(auth.passphrases());
        return same ? before.hook : Hook.start(rules, auth.passphrases(), hookCounts);
    }
}
