// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import org.junit.jupiter.api.Assumptions;

/** Programs, files and rights that a test needs of its machine. */
public final class Needs {
    private Needs() {}

    /**
     * Skips the test when something is missing; where the environment variable {@code CI} is set, fails it, so that a
     * build that passes has run all tests.
     *
     * @param isThere whether the test can run
     * @param need what the test needs, and how to provide it
     */
    public static void that(boolean isThere, String need) {
        if (isThere) {
            return;
        }
        if (System.getenv("CI") != null) {
            throw new AssertionError("not skipped in CI: this test needs " + need);
        }
        Assumptions.abort("this test needs " + need);
    }
}
