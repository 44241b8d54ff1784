// SPDX-License-Identifier: Apache-2.0
/** Benchmarks of what is internal to the transport's package. */
package io.github.srtnetty.channel;
