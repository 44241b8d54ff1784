// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a caller is accepted, and how. Immutable. */
public final class SrtAcceptDecision {
    private static final SrtAcceptDecision ACCEPT = new SrtAcceptDecision(null, Map.of());

    private final @Nullable SrtRejectReason rejection;
    private final Map<SrtOption<?>, Object> options;

    private SrtAcceptDecision(@Nullable SrtRejectReason rejection, Map<SrtOption<?>, Object> options) {
        this.rejection = rejection;
        this.options = options;
    }

    /** Accepts with the listener's options. */
    public static SrtAcceptDecision accept() {
        return ACCEPT;
    }

    /**
     * Rejects.
     *
     * @throws IllegalArgumentException when the code is below 1000: those are libsrt's own
     */
    public static SrtAcceptDecision reject(SrtRejectReason reason) {
        if (reason.code() < SrtRejectReason.FIRST_OF_APPLICATION) {
            throw new IllegalArgumentException("reject code " + reason.code()
                    + ": an application rejects with 1000 or more; below are libsrt's own");
        }
        return new SrtAcceptDecision(reason, Map.of());
    }

    /** Rejects with a code of 1000 or more: predefined ones up to 1999, own ones from 2000. */
    public static SrtAcceptDecision reject(int code) {
        return reject(new SrtRejectReason(code));
    }

    /**
     * Accepts with an option of its own for this connection: passphrase, key length, latency, buffers and what else can be set
     * before connect.
     *
     * @throws IllegalArgumentException when the value is out of range, or the option cannot be set
     * @throws IllegalStateException when this decision rejects
     */
    public <T> SrtAcceptDecision with(SrtOption<T> option, T value) {
        if (rejection != null) {
            throw new IllegalStateException("a rejected caller has no options");
        }
        option.validate(value);
        SrtOptionStore.requireUsable(option, value);
        if (option == SrtOptions.SRTO_LINGER) {
            throw new IllegalArgumentException(
                    option + "=" + value + ": is not libsrt's here, set SO_LINGER on the channel");
        }
        Map<SrtOption<?>, Object> more = new LinkedHashMap<>(options);
        more.put(option, value);
        return new SrtAcceptDecision(null, Collections.unmodifiableMap(more));
    }

    /** Returns why the caller is rejected, null where it is accepted. */
    public @Nullable SrtRejectReason rejection() {
        return rejection;
    }

    /** Returns the options of this connection alone. */
    public Map<SrtOption<?>, Object> options() {
        return options;
    }
}
