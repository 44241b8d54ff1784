// SPDX-License-Identifier: Apache-2.0
/** Support for the tests of all modules; it knows none of them, and it is not published. */
package io.github.srtnetty.testing;
