// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtRejectReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision about a caller.
 *
 * @param rejection the code for the caller, null if it is admitted
 * @param why the reason for the log
 * @param passphrase what it must encrypt with, null for that of the stream
 * @param options libsrt's options for its connection
 * @param user the name of the user, empty where the answer has none
 */
public record HookAnswer(
        @Nullable SrtRejectReason rejection,
        String why,
        @Nullable String passphrase,
        Map<SrtChannelOption<?>, Object> options,
        String user) {

    /** Takes a copy. */
    public HookAnswer {
        options = Map.copyOf(options);
    }

    /** Returns a rejection. */
    static HookAnswer reject(SrtRejectReason reason, String why) {
        return new HookAnswer(reason, why, null, Map.of(), "");
    }

    /** Returns whether it changes a connection before libsrt accepts it. */
    public boolean needsHandshake() {
        return passphrase != null || !options.isEmpty();
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return "HookAnswer[" + (rejection == null ? "allow" : rejection) + "]";
    }
}
