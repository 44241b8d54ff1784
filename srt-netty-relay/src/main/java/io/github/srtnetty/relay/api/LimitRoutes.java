// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.access.TokenBans;
import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.http.JsonBody;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Limits that can be changed while the relay runs, and the bans for wrong tokens that follow from them. */
final class LimitRoutes {
    private static final String PATH = "/api/v1/limits";
    private static final String BANS = "/api/v1/token-bans";
    private static final List<RelaySetting> LIMITS =
            Arrays.stream(RelaySetting.values()).filter(RelaySetting::isNumber).toList();
    private static final Set<String> KEYS =
            LIMITS.stream().map(RelaySetting::key).collect(Collectors.toCollection(TreeSet::new));

    private final RelayState state;
    private final RelayControl control;
    private final TokenBans tokenBans;

    LimitRoutes(RelayState state, RelayControl control, TokenBans tokenBans) {
        this.state = state;
        this.control = control;
        this.tokenBans = tokenBans;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, Need.OBSERVER, exchange -> limits()),
                Route.patch(PATH, Need.ADMIN, this::change),
                Route.get(BANS, Need.OBSERVER, this::bans).with(Page.LIMIT, Page.CURSOR),
                Route.delete(BANS + "/{address}", Need.OPERATOR, this::forgive));
    }

    private HttpAnswer limits() {
        return HttpAnswer.json(200, Json.object(json -> {
            for (RelaySetting limit : LIMITS) {
                json.writeObjectFieldStart(limit.key());
                json.writeNumberField("value", state.rules().number(limit));
                json.writeNumberField("configured", state.configured(limit));
                json.writeNumberField("minimum", limit.min());
                json.writeNumberField("maximum", limit.max());
                json.writeEndObject();
            }
        }));
    }

    /** Changes all limits of the request, or none where a value is out of range. */
    private HttpAnswer change(Exchange exchange) {
        JsonBody body = JsonBody.patch(exchange.call(), KEYS);
        Map<RelaySetting, Optional<Integer>> changes = new EnumMap<>(RelaySetting.class);
        for (RelaySetting limit : LIMITS) {
            if (body.isNull(limit.key())) {
                changes.put(limit, Optional.empty());
            } else if (body.has(limit.key())) {
                changes.put(limit, Optional.of((int) body.number(limit.key(), limit.min(), limit.max(), 0)));
            }
        }
        control.changeLimits(changes);
        return limits();
    }

    private HttpAnswer bans(Exchange exchange) {
        return Page.of(tokenBans.bans(System.nanoTime()), ban -> ban.address().toString(), exchange.query())
                .answer((ban, json) -> {
                    json.writeStartObject();
                    json.writeStringField("address", ban.address().toString());
                    json.writeNumberField("seconds", ban.seconds());
                    json.writeEndObject();
                });
    }

    private HttpAnswer forgive(Exchange exchange) {
        try {
            if (tokenBans.forgive(Cidr.parse(exchange.path("address")), System.nanoTime())) {
                return HttpAnswer.noContent();
            }
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, "address " + e.getMessage());
        }
        throw new HttpProblem(404, "this address is not banned for wrong tokens; the ban may have ended");
    }
}
