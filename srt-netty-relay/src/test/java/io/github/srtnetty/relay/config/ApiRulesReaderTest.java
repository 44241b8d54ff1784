// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.relay.auth.ApiRole;
import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiRules.ProxyHeader;
import io.github.srtnetty.relay.auth.ApiRules.TlsFiles;
import io.github.srtnetty.relay.auth.ApiToken;
import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.auth.TokenHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The object {@code api} of the relay's file. */
class ApiRulesReaderTest {
    private static final String HASH =
            "pbkdf2-sha256:10000:AAECAwQFBgcICQoLDA0ODw:AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8";

    @TempDir
    Path folder;

    @Test
    void readsTokensAddressesAndCertificate() throws Exception {
        ApiRules rules = load("""
                {"tokens": {"ops": {"role": "operator", "hash": "HASH"}}, "allow": ["192.0.2.0/24", "::1"],
                 "trustedProxies": ["10.0.0.1"], "proxyHeader": "Forwarded", "certificate": "cert.pem", "key": "/k.pem"}
                """);

        assertThat(rules)
                .isEqualTo(new ApiRules(
                        List.of(new ApiToken("ops", ApiRole.OPERATOR, TokenHash.parse(HASH))),
                        List.of(Cidr.parse("192.0.2.0/24"), Cidr.parse("::1")),
                        List.of(Cidr.parse("10.0.0.1")),
                        ProxyHeader.FORWARDED,
                        new TlsFiles(folder.resolve("cert.pem"), Path.of("/k.pem"))));
        assertThat(rules.toString()).doesNotContain("AAECAwQF");
        assertThat(load("{}")).isEqualTo(ApiRules.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                          | api must be an object
            {"token": {}}                               | api: unknown key "token"; did you mean tokens?
            {"tokens": {"a b": {}}}                     | a name has 1 to 64
            {"tokens": {"a": {"role": "admin"}}}        | api: token a: needs role and hash
            {"tokens": {"a": {"hash": "HASH"}}}         | api: token a: needs role and hash
            {"tokens": {"a": {"role": "root", "hash": "HASH"}}} | must be one of observer, operator, admin
            {"tokens": {"a": {"role": "admin", "hash": "s3cr3t"}}} | must be what srt-netty hash-token prints
            {"tokens": {"a": {"token": "s3cr3t"}}}      | unknown key "token"
            {"tokens": {"a": {"hsh": "s3cr3t"}}}        | api: token a: unknown key "hsh"; did you mean hash?
            {"allow": "192.0.2.1"}                      | allow: must be a list
            {"allow": [1]}                              | allow: must be a list of strings
            {"allow": ["192.0.2.1/24"]}                 | has bits set beyond
            {"trustedProxies": ["proxy.example"]}       | is neither an IP address
            {"proxyHeader": "X-Real-IP"}                | must be one of
            {"certificate": "cert.pem"}                 | certificate and key must be set together
            """)
    void refusesWhatIsWrong_withPlaceAndReason_withoutSecrets(String api, String reason) {
        assertThatThrownBy(() -> load(api))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("relay.json:1: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3cr3t");
    }

    private ApiRules load(String api) throws IOException {
        String text = "{\"api\": " + api.replace("HASH", HASH) + "}";
        return RelayRulesReader.read(Files.writeString(folder.resolve("relay.json"), text))
                .api();
    }
}
