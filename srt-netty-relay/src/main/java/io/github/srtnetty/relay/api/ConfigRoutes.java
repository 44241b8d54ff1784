// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.config.StreamSetting;
import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.http.ContentType;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.http.JsonTree;
import io.github.srtnetty.relay.http.Percent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The settings of the streams that the configuration lists. Secrets are accepted but never returned. */
final class ConfigRoutes {
    private static final String PATH = "/api/v1/config/streams";
    private static final String NAME = "name";
    /** Stands for a secret: in an answer one is set, in a request it stays as it is. */
    private static final Map<String, @Nullable Object> SET = Map.of("state", "set");

    private final StreamConfigs configs;
    private final ETags tags = new ETags();

    ConfigRoutes(StreamConfigs configs) {
        this.configs = configs;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, Need.ADMIN, this::list)
                        .with(Page.LIMIT, Page.CURSOR)
                        .offLoop(),
                Route.get(PATH + "/{name}", Need.ADMIN, this::get).offLoop(),
                Route.put(PATH + "/{name}", Need.ADMIN, this::put).offLoop(),
                Route.patch(PATH + "/{name}", Need.ADMIN, this::patch).offLoop(),
                Route.delete(PATH + "/{name}", Need.ADMIN, this::delete).offLoop());
    }

    private HttpAnswer list(Exchange exchange) throws IOException {
        var page = Page.of(configs.all().entrySet(), Map.Entry::getKey, exchange.query());
        return HttpAnswer.json(200, Json.object(json -> {
            json.writeStringField("persistence", persistence());
            json.writeArrayFieldStart("items");
            for (Map.Entry<String, Map<String, @Nullable Object>> stream : page.items()) {
                json.writeStartObject();
                json.writeStringField(NAME, stream.getKey());
                json.writeFieldName("settings");
                JsonTree.write(shown(stream.getValue()), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("total", page.total());
            if (page.next() != null) {
                json.writeStringField("next", page.next());
            }
        }));
    }

    private HttpAnswer get(Exchange exchange) throws IOException {
        Map<String, @Nullable Object> settings = configs.all().get(exchange.path(NAME));
        if (settings == null) {
            throw unknown();
        }
        return answer(200, settings);
    }

    private HttpAnswer put(Exchange exchange) throws IOException {
        Map<String, @Nullable Object> content = content(exchange, ContentType.JSON);
        AtomicBoolean created = new AtomicBoolean();
        Map<String, @Nullable Object> settings = configs.change(exchange.path(NAME), before -> {
            tags.check(exchange.call(), before);
            created.set(before == null);
            return withSecrets(content, before == null ? Map.of() : before);
        });
        HttpAnswer answer = answer(created.get() ? 201 : 200, Objects.requireNonNull(settings));
        return created.get() ? answer.with("location", PATH + "/" + Percent.encode(exchange.path(NAME))) : answer;
    }

    private HttpAnswer patch(Exchange exchange) throws IOException {
        Map<String, @Nullable Object> patch = content(exchange, ContentType.MERGE_PATCH);
        Map<String, @Nullable Object> settings = configs.change(exchange.path(NAME), before -> {
            if (before == null) {
                throw unknown();
            }
            tags.check(exchange.call(), before);
            return MergePatch.apply(before, withSecrets(patch, before));
        });
        return answer(200, Objects.requireNonNull(settings));
    }

    private HttpAnswer delete(Exchange exchange) throws IOException {
        configs.change(exchange.path(NAME), before -> {
            if (before == null) {
                throw unknown();
            }
            tags.check(exchange.call(), before);
            return null;
        });
        return HttpAnswer.noContent();
    }

    private HttpAnswer answer(int status, Map<String, @Nullable Object> settings) {
        return HttpAnswer.json(status, Json.value(json -> JsonTree.write(shown(settings), json)))
                .with("etag", tags.of(settings))
                .with("srt-netty-persistence", persistence());
    }

    private String persistence() {
        return configs.isWritten() ? "file" : "memory";
    }

    private static Map<String, @Nullable Object> content(Exchange exchange, String type) {
        ContentType.require(exchange.call(), type);
        return JsonTree.object(exchange.call().body());
    }

    private static Map<String, @Nullable Object> withSecrets(
            Map<String, @Nullable Object> settings, Map<String, @Nullable Object> before) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        settings.forEach((key, value) -> {
            boolean kept = isSecret(key) && SET.equals(value);
            if (kept && !before.containsKey(key)) {
                throw new HttpProblem(422, key + ": is not set yet").at("/" + key);
            }
            all.put(key, kept ? before.get(key) : value);
        });
        return all;
    }

    private static Map<String, @Nullable Object> shown(Map<String, @Nullable Object> settings) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        settings.forEach((key, value) -> shown.put(key, isSecret(key) ? SET : value));
        return shown;
    }

    private static boolean isSecret(String key) {
        StreamSetting setting = StreamSetting.byKey(key);
        return setting != null && setting.isSecret();
    }

    private static HttpProblem unknown() {
        return new HttpProblem(404, "the configuration lists no stream of this name");
    }
}
