// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import io.github.srtnetty.relay.event.EventKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * A webhook of the configuration.
 *
 * @param name its name, the label of its metrics
 * @param url where events are sent, {@code http} or {@code https}
 * @param secret the key of the signature
 * @param events the kinds that are sent, all where empty
 * @param privateNetwork whether the server may have an address that is not public
 */
public record WebhookTarget(String name, URI url, String secret, Set<EventKind> events, boolean privateNetwork) {
    /** Takes a copy. */
    public WebhookTarget {
        events = Set.copyOf(events);
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException with what is wrong, without the URL, which may hold a secret
     */
    public static URI url(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            throw new IllegalArgumentException("must be http://HOST/... or https://HOST/...");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null || url.getPort() == 0) {
            throw new IllegalArgumentException("must have no user, no fragment and no port 0");
        }
        return url;
    }

    /** Returns whether events of this kind are sent. */
    boolean wants(EventKind kind) {
        return events.isEmpty() || events.contains(kind);
    }

    /** Leaves out the secret, and path and query, which may hold one. */
    @Override
    public String toString() {
        return "webhook " + name + " (" + url.getScheme() + "://" + url.getRawAuthority() + ")";
    }
}
