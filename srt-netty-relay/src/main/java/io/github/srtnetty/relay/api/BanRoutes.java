// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.access.Ban;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.http.JsonBody;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bans: who is rejected for some time, by address or stream or both. */
final class BanRoutes {
    static final long MOST_SECONDS = 366 * 24 * 3600L;

    private static final int DEFAULT_SECONDS = 3600;
    private static final int LAST_CODE = 2999;
    private static final int MOST_CHARACTERS = 255;
    private static final String PATH = "/api/v1/bans";
    private static final String ADDRESS = "address";
    private static final String STREAM = "stream";
    private static final String CODE = "code";
    private static final String SECONDS = "seconds";
    private static final String NOTE = "note";
    private static final Set<String> FIELDS = new TreeSet<>(List.of(ADDRESS, STREAM, CODE, SECONDS, NOTE));

    private final Bans bans;

    BanRoutes(Bans bans) {
        this.bans = bans;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, Need.OBSERVER, this::list).with(Page.LIMIT, Page.CURSOR),
                Route.post(PATH, Need.OPERATOR, this::add),
                Route.get(PATH + "/{id}", Need.OBSERVER, exchange -> object(200, find(exchange.path("id")))),
                Route.delete(PATH + "/{id}", Need.OPERATOR, this::remove));
    }

    private HttpAnswer list(Exchange exchange) {
        return Page.of(bans.all(Instant.now()), Ban::id, exchange.query()).answer(BanRoutes::write);
    }

    private HttpAnswer add(Exchange exchange) {
        JsonBody body = JsonBody.of(exchange.call(), FIELDS);
        String address = body.text(ADDRESS);
        String stream = limited(STREAM, body.text(STREAM));
        String note = limited(NOTE, body.text(NOTE));
        if (address == null && stream == null) {
            throw new HttpProblem(400, "a ban needs address, stream or both");
        }
        Instant now = Instant.now();
        Ban ban = new Ban(
                UUID.randomUUID().toString(),
                address == null ? null : block(address),
                stream,
                reason(body.number(CODE, SrtRejectReason.FIRST_OF_APPLICATION, LAST_CODE, 1403)),
                now.plusSeconds(body.number(SECONDS, 1, MOST_SECONDS, DEFAULT_SECONDS)),
                note == null ? "" : note);
        if (!bans.add(ban, now)) {
            throw new HttpProblem(409, "there are " + Bans.MOST + " bans already");
        }
        return object(201, ban).with("location", PATH + '/' + ban.id());
    }

    private HttpAnswer remove(Exchange exchange) {
        if (!bans.remove(exchange.path("id"), Instant.now())) {
            throw unknown();
        }
        return HttpAnswer.noContent();
    }

    private Ban find(String id) {
        return bans.all(Instant.now()).stream()
                .filter(ban -> ban.id().equals(id))
                .findFirst()
                .orElseThrow(BanRoutes::unknown);
    }

    private static SrtRejectReason reason(long code) {
        return new SrtRejectReason((int) code);
    }

    private static Cidr block(String address) {
        try {
            return Cidr.parse(address);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, "address " + e.getMessage());
        }
    }

    private static @Nullable String limited(String name, @Nullable String text) {
        if (text != null && (text.isEmpty() || text.length() > MOST_CHARACTERS)) {
            throw new HttpProblem(400, name + " must have 1 to " + MOST_CHARACTERS + " characters");
        }
        return text;
    }

    private static HttpAnswer object(int status, Ban ban) {
        return HttpAnswer.json(status, Json.value(json -> write(ban, json)));
    }

    private static void write(Ban ban, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", ban.id());
        if (ban.addresses() != null) {
            json.writeStringField(ADDRESS, ban.addresses().toString());
        }
        if (ban.stream() != null) {
            json.writeStringField(STREAM, ban.stream());
        }
        json.writeNumberField(CODE, ban.reason().code());
        json.writeStringField(
                "expiresAt", ban.until().truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeStringField(NOTE, ban.note());
        json.writeEndObject();
    }

    private static HttpProblem unknown() {
        return new HttpProblem(404, "no ban has this id; it may have ended");
    }
}
