// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.netty.util.AttributeKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The decision of an {@link SrtAcceptFilter}: whether a caller is accepted, and with which options. Immutable. */
public final class SrtAcceptDecision {
    private static final SrtAcceptDecision ACCEPT = new SrtAcceptDecision(null, Map.of(), Map.of());

    private final @Nullable SrtRejectReason rejection;
    private final Map<SrtOption<?>, Object> options;
    private final Map<AttributeKey<?>, Object> attributes;

    private SrtAcceptDecision(
            @Nullable SrtRejectReason rejection,
            Map<SrtOption<?>, Object> options,
            Map<AttributeKey<?>, Object> attributes) {
        this.rejection = rejection;
        this.options = options;
        this.attributes = attributes;
    }

    /** Returns a decision that accepts the caller with the listener's options. */
    public static SrtAcceptDecision accept() {
        return ACCEPT;
    }

    /**
     * Returns a decision that rejects the caller.
     *
     * @throws IllegalArgumentException when the code is below 1000, which libsrt reserves for itself
     */
    public static SrtAcceptDecision reject(SrtRejectReason reason) {
        if (reason.code() < SrtRejectReason.FIRST_OF_APPLICATION) {
            throw new IllegalArgumentException("reject code " + reason.code()
                    + ": an application rejects with 1000 or more; below are libsrt's own");
        }
        return new SrtAcceptDecision(reason, Map.of(), Map.of());
    }

    /**
     * Returns a decision that rejects the caller.
     *
     * @param code 1000 to 1999 for a code that SRT predefines ({@code SRT_REJC_PREDEFINED}), 2000 or more for a code of
     *     the application ({@code SRT_REJC_USERDEFINED})
     * @throws IllegalArgumentException when the code is below 1000, which libsrt reserves for itself
     */
    public static SrtAcceptDecision reject(int code) {
        return reject(new SrtRejectReason(code));
    }

    /**
     * Returns a decision that also sets an option for this connection only: the passphrase, the key length, the
     * latency, the buffers, and any other option that can be set before connect.
     *
     * @throws IllegalArgumentException when the value is out of range, the option cannot be set, or peers that send in
     *     clear ({@code SRTO_MINVERSION} below 1.3) would be accepted although a passphrase is set
     * @throws IllegalStateException when this decision rejects
     */
    public <T> SrtAcceptDecision with(SrtChannelOption<T> channelOption, T value) {
        requireAccepts("options");
        SrtOption<T> option = channelOption.srtOption();
        option.validate(value);
        SrtOptionStore.requireUsable(option, value);
        if (option == SrtOptions.SRTO_LINGER) {
            throw new IllegalArgumentException(
                    option + "=" + value + ": cannot be set here; set SO_LINGER on the accepted channel");
        }
        if (option == SrtOptions.SRTO_STREAMID) {
            throw new IllegalArgumentException(
                    option + ": only the caller sets it; pass another name on as an attribute");
        }
        SrtAcceptDecision changed = new SrtAcceptDecision(null, added(options, option, value), attributes);
        changed.requireEncryptable();
        return changed;
    }

    /**
     * Returns a decision that also sets an attribute of the accepted channel, before {@code initChannel} runs and
     * before the bootstrap's {@code childAttr} is applied. Pass the result of the decision on in this way, because code
     * that parses the stream id again makes a second decision.
     *
     * @throws IllegalStateException when this decision rejects
     */
    public <T> SrtAcceptDecision attr(AttributeKey<T> key, T value) {
        requireAccepts("attributes");
        return new SrtAcceptDecision(
                null,
                options,
                added(attributes, Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value")));
    }

    /** Returns the reason for rejecting the caller, or null if the caller is accepted. */
    public @Nullable SrtRejectReason rejection() {
        return rejection;
    }

    /** Returns the options of this connection only. A passphrase is in clear text. */
    public Map<SrtChannelOption<?>, Object> options() {
        Map<SrtChannelOption<?>, Object> all = new LinkedHashMap<>();
        options.forEach((option, value) -> all.put(Objects.requireNonNull(SrtChannelOption.of(option)), value));
        return Collections.unmodifiableMap(all);
    }

    Map<SrtOption<?>, Object> nativeOptions() {
        return options;
    }

    /** Returns the attributes for the accepted channel. */
    public Map<AttributeKey<?>, Object> attributes() {
        return attributes;
    }

    private void requireEncryptable() {
        Object passphrase = options.get(SrtOptions.SRTO_PASSPHRASE);
        Object minVersion = options.get(SrtOptions.SRTO_MINVERSION);
        if (minVersion != null) {
            PeerVersion.requireEncryptable((Integer) minVersion, passphrase != null && !"".equals(passphrase));
        }
    }

    private void requireAccepts(String what) {
        if (rejection != null) {
            throw new IllegalStateException("a rejected caller has no " + what);
        }
    }

    private static <K> Map<K, Object> added(Map<K, Object> map, K key, Object value) {
        Map<K, Object> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return Collections.unmodifiableMap(more);
    }
}
