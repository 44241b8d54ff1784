// SPDX-License-Identifier: Apache-2.0
/** The programs that README.md shows, so that they compile and run. */
@NullMarked
package io.github.srtnetty.examples.readme;

import org.jspecify.annotations.NullMarked;
