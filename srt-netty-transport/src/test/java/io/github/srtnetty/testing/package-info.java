// SPDX-License-Identifier: Apache-2.0
/** What tests of several packages and modules share; published as the module's test jar. */
package io.github.srtnetty.testing;
