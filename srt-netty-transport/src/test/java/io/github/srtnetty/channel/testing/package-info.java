// SPDX-License-Identifier: Apache-2.0
/** Channels and sockets for tests of this module and of those that stand on it; published as the module's test jar. */
package io.github.srtnetty.channel.testing;
