// SPDX-License-Identifier: Apache-2.0
/** A relay of SRT streams that a service embeds. Packages that are not exported are internal. */
module io.github.srtnetty.relay {
    requires java.management;
    requires java.net.http;
    requires static com.nimbusds.jose.jwt;
    requires static org.jspecify;
    requires transitive io.github.srtnetty.codec;
    requires transitive io.github.srtnetty.transport;
    requires com.fasterxml.jackson.core;
    requires io.netty.codec.http;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.slf4j;

    exports io.github.srtnetty.relay;
    exports io.github.srtnetty.relay.directory;

    uses io.github.srtnetty.relay.directory.StreamDirectoryProvider;
}
