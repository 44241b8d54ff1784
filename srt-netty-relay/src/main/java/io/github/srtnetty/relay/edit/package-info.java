// SPDX-License-Identifier: Apache-2.0
/**
 * Changes the text of the relay's configuration, with its comments and the order of its keys, and replaces its file.
 * Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.edit;

import org.jspecify.annotations.NullMarked;
