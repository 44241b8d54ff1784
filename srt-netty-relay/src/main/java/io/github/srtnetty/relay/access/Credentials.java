// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.auth.StreamTokens;
import io.github.srtnetty.relay.jwt.JwtCheck;
import io.github.srtnetty.relay.jwt.JwtFault;
import io.github.srtnetty.relay.jwt.JwtGrant;
import io.github.srtnetty.relay.jwt.JwtVerifier;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.time.Instant;
import java.util.Objects;

/**
 * Compares the token of a caller with those of the configuration, or checks it as a JSON Web Token. Either of them is
 * enough. On libsrt's receive thread.
 */
final class Credentials {
    private Credentials() {}

    static Proof of(Authority.Current current, StreamRequest request, Instant now, long nowNanos) {
        String name = request.name();
        String sent = request.token();
        StreamTokens wanted = current.callers().tokens(name, request.role());
        if (wanted.has(sent)) {
            return Proof.GIVEN;
        }
        boolean needsJwt = current.rules().auth().needsJwt(request.role());
        if (wanted.isEmpty() && !needsJwt) {
            boolean hidden = !current.rules().knows(name) && current.rules().hasTokens();
            return hidden && !current.rules().auth().asksHook(request.role())
                    ? Proof.reject(SrtRejectReason.UNAUTHORIZED, "", !sent.isEmpty())
                    : Proof.GIVEN;
        }
        if (needsJwt && isJwt(sent)) {
            return jwt(current, request, now, nowNanos);
        }
        return rejected(current, request);
    }

    /** Returns whether checking a token needs a signature check or a request to the hook. */
    static boolean cost(Authority.Current current, StreamRequest request) {
        StreamTokens wanted = current.callers().tokens(request.name(), request.role());
        if (current.rules().auth().asksHook(request.role())) {
            return true;
        }
        JwtVerifier verifier = current.jwt();
        return verifier != null
                && current.rules().auth().needsJwt(request.role())
                && isJwt(request.token())
                && !wanted.has(request.token())
                && !verifier.remembers(request.token());
    }

    /**
     * Rejects a caller: with the token of the other role as known but not allowed, with any other wrong token as
     * unknown.
     */
    private static Proof rejected(Authority.Current current, StreamRequest request) {
        Role other = request.role() == Role.PUBLISH ? Role.PLAY : Role.PUBLISH;
        boolean known = current.callers().tokens(request.name(), other).has(request.token());
        return Proof.reject(
                known ? SrtRejectReason.FORBIDDEN : SrtRejectReason.UNAUTHORIZED,
                "",
                !request.token().isEmpty());
    }

    /** Returns whether a token is meant as one: three parts, the first of them an object in base64url. */
    private static boolean isJwt(String token) {
        return token.startsWith("ey") && token.indexOf('.') > 0;
    }

    private static Proof jwt(Authority.Current current, StreamRequest request, Instant now, long nowNanos) {
        JwtVerifier verifier = current.jwt();
        if (verifier == null) {
            return Proof.reject(SrtRejectReason.DOWN, "no keys for JSON Web Tokens are loaded", false);
        }
        JwtCheck check = verifier.check(request.token(), now, nowNanos);
        JwtFault fault = check.fault();
        if (fault != null) {
            return Proof.reject(fault.reason(), "the JSON Web Token " + fault, fault.isGuess());
        }
        JwtGrant grant = Objects.requireNonNull(check.grant());
        if (!grant.allows(request.role(), request.name())) {
            return Proof.reject(SrtRejectReason.FORBIDDEN, "the JSON Web Token is for other streams or roles", false);
        }
        if (grant.passphrase() == null) {
            return Proof.of(null, grant.subject());
        }
        String passphrase = current.rules().auth().passphrases().get(grant.passphrase());
        return passphrase == null
                ? Proof.reject(SrtRejectReason.UNAUTHORIZED, "the JSON Web Token names an unknown passphrase", false)
                : Proof.of(passphrase, grant.subject());
    }
}
