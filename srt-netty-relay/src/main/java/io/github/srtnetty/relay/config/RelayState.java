// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rules in effect, and whether the relay is draining. Numbers that were changed at run time replace those of the
 * configuration, also after a reload. Any thread.
 */
public final class RelayState {
    private final Map<RelaySetting, Object> changes = new EnumMap<>(RelaySetting.class);
    private RelayRules configured;
    private volatile RelayRules rules;
    private volatile boolean draining;

    public RelayState(RelayRules rules) {
        this.rules = rules;
        configured = rules;
    }

    /** Returns the rules in effect. */
    public RelayRules rules() {
        return rules;
    }

    /** Replaces the rules for callers that arrive from now on; existing connections stay. */
    public synchronized void replaceRules(RelayRules other) {
        configured = other;
        rules = effective();
    }

    /**
     * Changes numbers until the process ends, whatever the configuration says.
     *
     * @param numbers the new value of each setting, empty for that of the configuration
     */
    public synchronized void change(Map<RelaySetting, Optional<Integer>> numbers) {
        numbers.forEach((setting, number) ->
                number.ifPresentOrElse(value -> changes.put(setting, value), () -> changes.remove(setting)));
        rules = effective();
    }

    /** Returns a number of the configuration, whether it was changed at run time or not. */
    public synchronized int configured(RelaySetting setting) {
        return configured.number(setting);
    }

    public boolean isDraining() {
        return draining;
    }

    /** Makes the accept filter reject every new caller, for good; returns whether it did not do so before. */
    public synchronized boolean startDraining() {
        boolean first = !draining;
        draining = true;
        return first;
    }

    private RelayRules effective() {
        return changes.isEmpty() ? configured : configured.with(changes);
    }
}
