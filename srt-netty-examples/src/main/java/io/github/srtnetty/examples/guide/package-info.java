// SPDX-License-Identifier: Apache-2.0
/**
 * The code of docs/guide.md: short classes that are compiled, and compared with the document by a test.
 *
 * <p>May import: the transport and the codecs. Threads: as each says.
 */
@NullMarked
package io.github.srtnetty.examples.guide;

import org.jspecify.annotations.NullMarked;
