// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the configuration that is about HTTP.
 *
 * @param tokens of the control API; without any it answers on loopback only
 * @param allow the clients that get an answer, all of them where empty
 * @param trustedProxies whose header is trusted
 * @param proxyHeader the header in which they name the client
 * @param tls the certificate, null for plain HTTP
 */
public record ApiRules(
        List<ApiToken> tokens,
        List<Cidr> allow,
        List<Cidr> trustedProxies,
        ProxyHeader proxyHeader,
        @Nullable TlsFiles tls) {

    /** No tokens, no limits, no proxies, no TLS. */
    public static final ApiRules DEFAULT =
            new ApiRules(List.of(), List.of(), List.of(), ProxyHeader.X_FORWARDED_FOR, null);

    /** The header in which a proxy names the client. The other one is passed on as the client sent it. */
    public enum ProxyHeader {
        X_FORWARDED_FOR("x-forwarded-for"),
        FORWARDED("forwarded");

        private final String header;

        ProxyHeader(String header) {
            this.header = header;
        }

        /** Returns its name in lower case. */
        public String header() {
            return header;
        }
    }

    /**
     * The certificate of the server.
     *
     * @param certificate the file with the chain, in PEM
     * @param key the file with the private key, PKCS#8 in PEM, not encrypted
     */
    public record TlsFiles(Path certificate, Path key) {}

    /** Takes copies. */
    public ApiRules {
        tokens = List.copyOf(tokens);
        allow = List.copyOf(allow);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Returns whether a client gets an answer. */
    public boolean allows(InetAddress client) {
        return allow.isEmpty() || Cidr.anyContains(allow, client);
    }

    /** Returns whether the header of a peer is trusted. */
    public boolean trusts(InetAddress peer) {
        return Cidr.anyContains(trustedProxies, peer);
    }
}
