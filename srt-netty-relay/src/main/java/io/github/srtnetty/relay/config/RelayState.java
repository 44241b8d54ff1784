// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

/** The rules in effect, and whether the relay is draining. Any thread. */
public final class RelayState {
    private volatile RelayRules rules;
    private volatile boolean draining;

    public RelayState(RelayRules rules) {
        this.rules = rules;
    }

    public RelayRules rules() {
        return rules;
    }

    /** Replaces the rules for callers that arrive from now on; existing connections stay. */
    public void replaceRules(RelayRules other) {
        rules = other;
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
}
