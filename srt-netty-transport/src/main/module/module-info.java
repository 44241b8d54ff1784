// SPDX-License-Identifier: Apache-2.0
/** SRT channels and event loop for Netty. The package {@code channel.micrometer} needs micrometer-core beside it. */
module io.github.srtnetty.transport {
    requires static org.jspecify;
    requires static micrometer.core;
    requires transitive io.github.srtnetty.libsrt;
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires transitive io.netty.resolver;
    requires transitive io.netty.transport;
    requires org.jctools.core;

    exports io.github.srtnetty.bootstrap;
    exports io.github.srtnetty.channel;
    exports io.github.srtnetty.channel.micrometer;
}
