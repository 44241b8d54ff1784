// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

/**
 * The passphrases and tokens of tests. Each has {@link #MARK}, for which the build searches all that the tests and
 * their programs have logged: a secret is never logged, not in part either.
 */
public final class TestSecrets {
    /** A part of every secret, and of nothing else. */
    public static final String MARK = "s3cr3t";

    public static final String PASSPHRASE = MARK + "-the-right-passphrase";
    public static final String WRONG_PASSPHRASE = MARK + "-another-passphrase";
    public static final String TOKEN = MARK + "-token";
    public static final String WRONG_TOKEN = MARK + "-another-token";

    private TestSecrets() {}
}
