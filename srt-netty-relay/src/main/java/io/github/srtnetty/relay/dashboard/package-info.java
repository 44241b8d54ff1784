// SPDX-License-Identifier: Apache-2.0
/**
 * The data of the page of the relay: samples of all streams each second, sent to every open page, and the files of the
 * page itself. Everything runs on the HTTP event loop. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.dashboard;

import org.jspecify.annotations.NullMarked;
