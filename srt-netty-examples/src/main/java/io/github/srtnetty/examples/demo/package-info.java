// SPDX-License-Identifier: Apache-2.0
/** {@code demo}: a live stream with cues over loopback, compared byte for byte. */
@NullMarked
package io.github.srtnetty.examples.demo;

import org.jspecify.annotations.NullMarked;
