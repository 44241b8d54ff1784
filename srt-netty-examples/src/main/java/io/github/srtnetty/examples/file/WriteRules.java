// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

/**
 * The rules for how a peer's file may change the files of this side.
 *
 * @param overwrites whether it replaces a file of its name; otherwise it is refused
 * @param maxBytes its largest size in bytes
 */
record WriteRules(boolean overwrites, long maxBytes) {
    /** The rules for a file that this side asked for under a name of its own. */
    static final WriteRules OWN_CHOICE = new WriteRules(true, Long.MAX_VALUE);
}
