// SPDX-License-Identifier: Apache-2.0
/** The parts that the commands share: options, addresses, standard streams, signals, failures in one line. */
@NullMarked
package io.github.srtnetty.examples.cli;

import org.jspecify.annotations.NullMarked;
