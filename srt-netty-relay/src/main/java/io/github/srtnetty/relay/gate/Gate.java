// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.gate;

import io.github.srtnetty.relay.access.WrongTokens;
import io.github.srtnetty.relay.auth.ApiRole;
import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiToken;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.http.HttpCall;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.http.Worker;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides about each request.
 *
 * <table>
 * <caption>Without {@code api.tokens} and with them</caption>
 * <tr><th>route needs</th><th>without tokens</th><th>with tokens</th></tr>
 * <tr><td>nothing</td><td>answers</td><td>answers</td></tr>
 * <tr><td>file</td><td>answers allowed addresses</td><td>answers allowed addresses</td></tr>
 * <tr><td>page</td><td>answers</td><td>answers on loopback, and with any token</td></tr>
 * <tr><td>a role</td><td>answers on loopback</td><td>answers with a token of the role</td></tr>
 * </table>
 */
public final class Gate {
    private static final String BEARER = "bearer ";

    private final RelayState state;
    private final TokenChecker checker;
    private final WrongTokens wrongTokens = new WrongTokens();

    /** Creates the gate of a relay, which computes hashes on a worker. */
    public Gate(RelayState state, Worker worker) {
        this.state = state;
        checker = new TokenChecker(worker);
    }

    /** Returns the caller; fails with {@link HttpProblem} 400, 401, 403, 429 or 503. */
    public CompletionStage<Caller> admit(HttpCall call, Need need) {
        ApiRules rules = state.rules().api();
        Client client = Client.of(call, rules);
        if (need == Need.NOTHING) {
            return anonymous(client);
        }
        if (!rules.allows(client.address())) {
            throw new HttpProblem(403, "this address is not allowed to use the relay's HTTP server");
        }
        if (need == Need.FILE) {
            return anonymous(client);
        }
        String sent = bearer(call);
        if (rules.tokens().isEmpty()) {
            return withoutTokens(client, need);
        }
        if (sent == null) {
            if (need == Need.PAGE && client.isLocal()) {
                return anonymous(client);
            }
            throw unauthorized("a token is needed: Authorization: Bearer TOKEN");
        }
        return withToken(sent, rules.tokens(), client.address(), need);
    }

    private CompletionStage<Caller> withoutTokens(Client client, Need need) {
        if (need == Need.PAGE) {
            return anonymous(client);
        }
        if (!client.isLocal()) {
            throw new HttpProblem(403, "without api.tokens in the configuration the API answers on loopback only");
        }
        return CompletableFuture.completedFuture(new Caller("local", ApiRole.ADMIN, client.address()));
    }

    private CompletionStage<Caller> withToken(String sent, List<ApiToken> tokens, InetAddress address, Need need) {
        if (wrongTokens.mustWait(address, System.nanoTime())) {
            throw new HttpProblem(429, "too many wrong tokens from this address").with("retry-after", "2");
        }
        return checker.check(sent, tokens).thenApply(found -> {
            if (found.isEmpty()) {
                wrongTokens.add(address, System.nanoTime());
                throw unauthorized("the token is wrong");
            }
            ApiToken token = found.get();
            if (!token.role().covers(role(need))) {
                throw new HttpProblem(403, "the token's role is " + token.role() + "; this needs " + role(need));
            }
            return new Caller(token.name(), token.role(), address);
        });
    }

    private static CompletionStage<Caller> anonymous(Client client) {
        return CompletableFuture.completedFuture(new Caller("anonymous", ApiRole.OBSERVER, client.address()));
    }

    private static ApiRole role(Need need) {
        return switch (need) {
            case OPERATOR -> ApiRole.OPERATOR;
            case ADMIN -> ApiRole.ADMIN;
            default -> ApiRole.OBSERVER;
        };
    }

    private static @Nullable String bearer(HttpCall call) {
        List<String> headers = call.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        if (headers.isEmpty()) {
            return null;
        }
        String header = headers.get(0);
        if (headers.size() > 1 || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw unauthorized("the header must be Authorization: Bearer TOKEN");
        }
        return header.substring(BEARER.length()).strip();
    }

    private static HttpProblem unauthorized(String detail) {
        return new HttpProblem(401, detail).with("www-authenticate", "Bearer realm=\"srt-netty relay\"");
    }
}
