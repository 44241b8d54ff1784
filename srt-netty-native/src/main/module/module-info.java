// SPDX-License-Identifier: Apache-2.0
/** libsrt for Java, and the native event loop over it. */
module io.github.srtnetty.libsrt {
    requires static org.jspecify;
    requires com.sun.jna;

    exports io.github.srtnetty.libsrt;

    opens io.github.srtnetty.libsrt to
            com.sun.jna; // it calls the callbacks, and registers the native methods
}
