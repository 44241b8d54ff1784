// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.relay.auth.ApiRole;
import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiRules.ProxyHeader;
import io.github.srtnetty.relay.auth.ApiRules.TlsFiles;
import io.github.srtnetty.relay.auth.ApiToken;
import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.auth.TokenHash;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the object {@code api} of the relay's file. */
final class ApiRulesReader {
    /** A wrong token is compared with all of them, which takes 50 ms for each. */
    private static final int MOST_TOKENS = 32;

    private final ConfigJson json;
    private final Path file;
    private final List<ApiToken> tokens = new ArrayList<>();
    private List<Cidr> allow = List.of();
    private List<Cidr> trustedProxies = List.of();
    private ProxyHeader proxyHeader = ProxyHeader.X_FORWARDED_FOR;
    private @Nullable Path certificate;
    private @Nullable Path key;

    ApiRulesReader(ConfigJson json, Path file) {
        this.json = json;
        this.file = file;
    }

    ApiRules read() throws IOException {
        json.fields(
                "api",
                new KeyTable()
                        .with("tokens", () -> json.fields("api: tokens", this::token))
                        .with("allow", () -> allow = blocks("allow"))
                        .with("trustedProxies", () -> trustedProxies = blocks("trustedProxies"))
                        .with("proxyHeader", () -> proxyHeader = proxyHeader(json.text()))
                        .with("certificate", () -> certificate = path("certificate"))
                        .with("key", () -> key = path("key")));
        if (tokens.size() > MOST_TOKENS) {
            throw json.wrong("api: more than " + MOST_TOKENS + " tokens");
        }
        Path chain = certificate;
        Path own = key;
        if ((chain == null) != (own == null)) {
            throw json.wrong("api: certificate and key must be set together");
        }
        TlsFiles tls = chain == null || own == null ? null : new TlsFiles(chain, own);
        return new ApiRules(tokens, allow, trustedProxies, proxyHeader, tls);
    }

    private void token(String name) throws IOException {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw json.wrong("api: tokens: a name has 1 to 64 letters, digits and . _ -");
        }
        String what = "api: token " + name;
        List<ApiRole> roles = new ArrayList<>();
        List<TokenHash> hashes = new ArrayList<>();
        json.fields(
                what,
                new KeyTable()
                        .with("role", () -> roles.add(role(json.text())))
                        .with("hash", () -> hashes.add(value(what + ": hash", json.text(), TokenHash::parse))));
        if (roles.isEmpty() || hashes.isEmpty()) {
            throw json.wrong(what + ": needs role and hash");
        }
        tokens.add(new ApiToken(name, roles.get(0), hashes.get(0)));
    }

    private ApiRole role(String name) throws IOException {
        ApiRole role = ApiRole.named(name);
        if (role == null) {
            throw json.wrong("role: must be one of observer, operator, admin");
        }
        return role;
    }

    private ProxyHeader proxyHeader(String name) throws IOException {
        for (ProxyHeader header : ProxyHeader.values()) {
            if (header.header().equalsIgnoreCase(name)) {
                return header;
            }
        }
        throw json.wrong("api: proxyHeader: must be one of X-Forwarded-For, Forwarded");
    }

    private List<Cidr> blocks(String name) throws IOException {
        List<Cidr> blocks = new ArrayList<>();
        for (String text : json.texts()) {
            blocks.add(value("api: " + name + ": " + text, text, Cidr::parse));
        }
        return blocks;
    }

    private Path path(String name) throws IOException {
        try {
            return file.toAbsolutePath().resolveSibling(json.text());
        } catch (InvalidPathException e) {
            throw json.wrong("api: " + name + ": is not a path");
        }
    }

    private <T> T value(String what, String text, Function<String, T> parser) throws IOException {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw json.wrong(what + ": " + e.getMessage());
        }
    }
}
