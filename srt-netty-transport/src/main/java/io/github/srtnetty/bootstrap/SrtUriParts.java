// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of an {@link SrtUri}, and its normal form.
 *
 * @param mode the role of this side
 * @param host the host without brackets; empty if there is none
 * @param port the port; 0: any
 * @param localHost the local host without brackets; null: any
 * @param localPort the local port; 0: any
 * @param options the options and their values in the order in which they were written
 * @param passphrase the passphrase and its source; null if there is none; its value is also one of the options
 */
record SrtUriParts(
        SrtConnectionMode mode,
        String host,
        int port,
        @Nullable String localHost,
        int localPort,
        Map<SrtOption<?>, Object> options,
        @Nullable SrtPassphrase passphrase) {

    static final String SCHEME = "srt://";

    SrtUriParts {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    <T> SrtUriParts with(SrtOption<T> option, T value) {
        Map<SrtOption<?>, Object> changed = new LinkedHashMap<>(options);
        changed.put(option, value);
        SrtPassphrase secret = option == SrtOptions.SRTO_PASSPHRASE && value instanceof String text
                ? new SrtPassphrase(text, null)
                : passphrase;
        return new SrtUriParts(mode, host, port, localHost, localPort, changed, secret);
    }

    /** Returns the normal form, which is parsed to the same parts. */
    String text() {
        return text(true);
    }

    /** Returns the normal form without passphrase and tokens, on one line. */
    @Override
    public String toString() {
        return PeerText.printable(text(false));
    }

    private String text(boolean secrets) {
        StringBuilder text = new StringBuilder(SCHEME);
        int zone = host.indexOf('%');
        String written =
                zone < 0 ? host : host.substring(0, zone) + "%25" + SrtUriText.encoded(host.substring(zone + 1));
        text.append(host.indexOf(':') >= 0 ? '[' + written + ']' : written)
                .append(':')
                .append(port);
        text.append("?mode=").append(mode.name().toLowerCase(Locale.ROOT));
        if (localHost != null || localPort != 0) {
            String local = localHost == null ? "" : localHost;
            String bracketed = local.indexOf(':') >= 0 ? '[' + local + ']' : local;
            text.append("&bind=").append(SrtUriText.encoded(bracketed + ':' + localPort));
        }
        options.forEach((option, value) ->
                text.append('&').append(option.uriKey()).append('=').append(valueText(option, value, secrets)));
        return text.toString();
    }

    private String valueText(SrtOption<?> option, Object value, boolean secrets) {
        if (option == SrtOptions.SRTO_PASSPHRASE && passphrase != null) {
            if (!secrets && passphrase.reference() == null) {
                return passphrase.toString();
            }
            return SrtUriText.encoded(passphrase.text());
        }
        boolean masked = !secrets && option == SrtOptions.SRTO_STREAMID;
        String shown = value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
        return SrtUriText.encoded(masked ? SrtStreamId.mask(shown) : shown);
    }
}
