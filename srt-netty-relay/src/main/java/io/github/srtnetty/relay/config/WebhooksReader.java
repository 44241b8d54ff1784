// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.event.ShownName;
import io.github.srtnetty.relay.webhook.WebhookTarget;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the object {@code webhooks} of the relay's file. */
final class WebhooksReader {
    /** Each has a thread. */
    private static final int MOST = 16;

    /** 128 bits in hexadecimal digits are 32 characters; half of that is no secret to be guessed either. */
    private static final int LEAST_SECRET = 16;

    private final ConfigJson json;

    WebhooksReader(ConfigJson json) {
        this.json = json;
    }

    List<WebhookTarget> read() throws IOException {
        List<WebhookTarget> targets = new ArrayList<>();
        json.fields("webhooks", name -> targets.add(webhook(name)));
        if (targets.size() > MOST) {
            throw json.wrong("webhooks: more than " + MOST);
        }
        return targets;
    }

    private WebhookTarget webhook(String name) throws IOException {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw json.wrong("webhooks: a name has 1 to 64 letters, digits and . _ -");
        }
        String what = "webhook " + name;
        Fields fields = new Fields();
        json.fields(
                what,
                new KeyTable()
                        .with("url", () -> fields.url = url(what, json.text()))
                        .with("secret", () -> fields.secret = secret(what, json.text()))
                        .with("events", () -> fields.events = events(what, json.texts()))
                        .with("privateNetwork", () -> fields.privateNetwork = json.flag()));
        URI url = fields.url;
        String secret = fields.secret;
        if (url == null || secret == null) {
            throw json.wrong(what + ": needs url and secret");
        }
        return new WebhookTarget(name, url, secret, fields.events, fields.privateNetwork);
    }

    private URI url(String what, String text) throws IOException {
        try {
            return WebhookTarget.url(text);
        } catch (IllegalArgumentException e) {
            throw json.wrong(what + ": url: " + e.getMessage());
        }
    }

    private String secret(String what, String text) throws IOException {
        String complaint = Secrets.complaint(text);
        if (complaint == null && text.length() < LEAST_SECRET) {
            complaint = "must have at least " + LEAST_SECRET + " characters";
        }
        if (complaint != null) {
            throw json.wrong(what + ": secret: " + complaint);
        }
        return text;
    }

    private Set<EventKind> events(String what, List<String> names) throws IOException {
        Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        for (String name : names) {
            EventKind kind = ShownName.find(EventKind.class, name);
            if (kind == null) {
                throw json.wrong(what + ": events: must be among " + List.of(EventKind.values()));
            }
            kinds.add(kind);
        }
        if (kinds.isEmpty()) {
            throw json.wrong(what + ": events: must not be empty; omit the key for all events");
        }
        return kinds;
    }

    /** The values that were read so far. */
    private static final class Fields {
        private @Nullable URI url;
        private @Nullable String secret;
        private Set<EventKind> events = Set.of();
        private boolean privateNetwork;
    }
}
