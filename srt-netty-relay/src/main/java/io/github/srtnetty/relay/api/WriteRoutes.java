// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.access.Ban;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.stream.Connection;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Disconnects publishers and players, drains, and reloads the configuration. */
final class WriteRoutes {
    private static final String CODE = "code";
    private static final String SECONDS = "seconds";
    private static final int DEFAULT_SECONDS = 60;
    private static final int MOST_SECONDS = 86_400;
    private static final int LAST_CODE = 2999;

    private final Directory directory;
    private final Bans bans;
    private final RelayControl control;

    WriteRoutes(Directory directory, Bans bans, RelayControl control) {
        this.directory = directory;
        this.bans = bans;
        this.control = control;
    }

    List<Route> routes() {
        return List.of(
                Route.delete("/api/v1/publishers/{id}", Need.OPERATOR, this::publisher)
                        .with(CODE, SECONDS),
                Route.delete("/api/v1/players/{id}", Need.OPERATOR, this::player)
                        .with(CODE, SECONDS),
                Route.post("/api/v1/drain", Need.OPERATOR, exchange -> drain()),
                Route.post("/api/v1/reload", Need.ADMIN, exchange -> reload()).offLoop());
    }

    private HttpAnswer publisher(Exchange exchange) {
        Views.Publisher publisher = directory.publisher(exchange.path("id"));
        return disconnect(publisher.source().connection(), publisher.stream().name(), exchange);
    }

    private HttpAnswer player(Exchange exchange) {
        Views.Player player = directory.player(exchange.path("id"));
        return disconnect(player.sink().connection(), player.stream().name(), exchange);
    }

    /**
     * Closes a connection. SRT carries a code only in a handshake, so the code applies to later attempts of the same
     * address for the same stream.
     */
    private HttpAnswer disconnect(Connection connection, String stream, Exchange exchange) {
        Map<String, String> query = exchange.query();
        int code = number(query.get(CODE), CODE, SrtRejectReason.FIRST_OF_APPLICATION, LAST_CODE, 1403);
        int seconds = number(query.get(SECONDS), SECONDS, 1, MOST_SECONDS, DEFAULT_SECONDS);
        if (query.containsKey(CODE) || query.containsKey(SECONDS)) {
            Instant now = Instant.now();
            Ban ban = new Ban(
                    UUID.randomUUID().toString(),
                    address(connection),
                    stream,
                    new SrtRejectReason(code),
                    now.plusSeconds(seconds),
                    "disconnected by " + exchange.caller().name());
            if (!bans.add(ban, now)) {
                throw new HttpProblem(409, "there are " + Bans.MOST + " bans already; nothing was disconnected");
            }
        }
        connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        connection.channel().close();
        return HttpAnswer.noContent();
    }

    private HttpAnswer drain() {
        control.drain();
        return HttpAnswer.noContent();
    }

    private HttpAnswer reload() {
        try {
            control.reload();
            return HttpAnswer.noContent();
        } catch (IOException e) {
            throw new HttpProblem(422, "the old configuration stays in effect: " + e.getMessage());
        }
    }

    private static Cidr address(Connection connection) {
        if (connection.channel().remoteAddress() instanceof InetSocketAddress inet && inet.getAddress() != null) {
            return Cidr.of(inet.getAddress());
        }
        throw new HttpProblem(409, "the connection no longer has an address");
    }

    private static int number(@Nullable String text, String name, int min, int max, int standard) {
        if (text == null) {
            return standard;
        }
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw new HttpProblem(400, name + " must be from " + min + " to " + max);
        }
        return number;
    }
}
