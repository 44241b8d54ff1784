// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

/**
 * A stream name in which each {@code *} stands for any characters, including slashes.
 *
 * @param text the pattern
 */
record StreamPattern(String text) {
    /** Returns whether a name fits. Takes at most the product of both lengths. */
    boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < text.length() && text.charAt(at) == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
