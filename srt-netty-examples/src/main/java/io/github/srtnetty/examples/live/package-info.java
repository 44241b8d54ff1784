// SPDX-License-Identifier: Apache-2.0
/** {@code receive} and {@code send}: one live stream to or from a file. */
@NullMarked
package io.github.srtnetty.examples.live;

import org.jspecify.annotations.NullMarked;
