// SPDX-License-Identifier: Apache-2.0
/** A program of modules. */
module com.example.transfer {
    requires io.github.srtnetty.transport;
}
