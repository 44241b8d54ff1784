// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import org.jspecify.annotations.Nullable;

/** The configuration of an {@link SrtServerChannel}; its options of libsrt are inherited by what it accepts. */
public interface SrtServerChannelConfig extends SrtChannelConfig {
    /** Returns how many connections may wait to be accepted. */
    int getBacklog();

    /** Sets how many connections may wait to be accepted, 1 or more; further ones are rejected with {@code BACKLOG}. */
    SrtServerChannelConfig setBacklog(int backlog);

    /** Returns what decides about callers, null where all are accepted. */
    @Nullable
    SrtAcceptFilter getAcceptFilter();

    /** Sets what decides about callers; it counts from the bind on. */
    SrtServerChannelConfig setAcceptFilter(@Nullable SrtAcceptFilter filter);

    /** Returns what callers may cost, by default {@link SrtAcceptLimits#DEFAULT}. */
    SrtAcceptLimits getAcceptLimits();

    /** Sets what callers may cost; it counts from the bind on. */
    SrtServerChannelConfig setAcceptLimits(SrtAcceptLimits limits);
}
