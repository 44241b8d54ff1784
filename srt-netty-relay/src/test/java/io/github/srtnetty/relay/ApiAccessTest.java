// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.access.WrongTokens;
import io.github.srtnetty.relay.auth.ApiRole;
import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiRules.ProxyHeader;
import io.github.srtnetty.relay.auth.ApiToken;
import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.auth.TokenHash;
import io.github.srtnetty.relay.config.RelayRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets an answer from the control API and the pages. The test is a proxy that the relay trusts. */
class ApiAccessTest {
    private static final String TOKEN = "s3cr3t-observer-token";
    private static final List<ApiToken> TOKENS =
            List.of(new ApiToken("grafana", ApiRole.OBSERVER, TokenHash.of(TOKEN)));
    private static final String FAR = "X-Forwarded-For: 203.0.113.9\r\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/streams | 200 | 403
            /api/v1/version | 200 | 403
            /streams        | 200 | 200
            /metrics        | 200 | 200
            /healthz        | 200 | 200
            """)
    void withoutTokensTheApiAnswersOnLoopbackOnly(String path, int near, int far) throws Exception {
        try (Harness harness = new Harness(rules(List.of(), List.of()))) {
            assertThat(status(harness, path, "")).isEqualTo(near);
            assertThat(status(harness, path, FAR)).isEqualTo(far);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/streams | 401 | 401 | 200
            /streams        | 200 | 401 | 200
            /metrics        | 200 | 401 | 200
            /healthz        | 200 | 200 | 200
            """)
    void withTokensTheApiNeedsOneEverywhere_andThePagesFromElsewhere(String path, int near, int far, int proven)
            throws Exception {
        try (Harness harness = new Harness(rules(TOKENS, List.of()))) {
            assertThat(status(harness, path, "")).isEqualTo(near);
            assertThat(status(harness, path, FAR)).isEqualTo(far);
            assertThat(status(harness, path, FAR + "Authorization: Bearer " + TOKEN + "\r\n"))
                    .isEqualTo(proven);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Authorization: Bearer s3cr3t-wrong-token-16
            Authorization: Bearer
            Authorization: Basic czNjcjN0OnMzY3IzdA==
            Authorization: s3cr3t-observer-token
            Authorization: Bearer s3cr3t-observer-token s3cr3t-observer-token
            """)
    void asksForATokenWhereItIsMissingOrWrong_withoutRepeatingIt(String header) throws Exception {
        try (Harness harness = new Harness(rules(TOKENS, List.of()))) {
            assertThat(get(harness, "/api/v1/streams", header + "\r\n"))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("www-authenticate: Bearer realm=")
                    .contains("application/problem+json")
                    .doesNotContain("s3cr3t");
        }
    }

    @Test
    void anAddressWithManyWrongTokensMustWait_andHoldsUpNoOther() throws Exception {
        try (Harness harness = new Harness(rules(TOKENS, List.of()))) {
            int tries = 0;
            String answer = get(harness, "/api/v1/streams", FAR + "Authorization: Bearer no-token\r\n");
            while (answer.startsWith("HTTP/1.1 401 ")) { // each second one more try is allowed
                assertThat(++tries).isLessThan(10 * WrongTokens.BURST);
                answer = get(harness, "/api/v1/streams", FAR + "Authorization: Bearer no-token\r\n");
            }
            assertThat(tries).isGreaterThanOrEqualTo(WrongTokens.BURST);
            assertThat(answer).startsWith("HTTP/1.1 429 ").contains("retry-after: 2");
            assertThat(status(harness, "/api/v1/streams", "Authorization: bearer " + TOKEN + "\r\n"))
                    .isEqualTo(200);
        }
    }

    @Test
    void answersOnlyAddressesOfTheAllowList_exceptForHealth() throws Exception {
        try (Harness harness = new Harness(rules(TOKENS, List.of(Cidr.parse("192.0.2.0/24"))))) {
            String proven = "Authorization: Bearer " + TOKEN + "\r\n";
            assertThat(status(harness, "/api/v1/streams", FAR + proven)).isEqualTo(403);
            assertThat(status(harness, "/metrics", FAR + proven)).isEqualTo(403);
            assertThat(status(harness, "/healthz", FAR)).isEqualTo(200);
            assertThat(status(harness, "/api/v1/streams", "X-Forwarded-For: 192.0.2.1\r\n" + proven))
                    .isEqualTo(200);
        }
    }

    @Test
    void aReloadThatRemovesATokenEndsItsUse() throws Exception {
        try (Harness harness = new Harness(rules(TOKENS, List.of()))) {
            String proven = "Authorization: Bearer " + TOKEN + "\r\n";
            assertThat(status(harness, "/api/v1/streams", proven)).isEqualTo(200);
            ApiToken other = new ApiToken("other", ApiRole.ADMIN, TokenHash.of("s3cr3t-another-token"));
            harness.state().replaceRules(rules(List.of(other), List.of()));
            assertThat(status(harness, "/api/v1/streams", proven)).isEqualTo(401);
        }
    }

    private static RelayRules rules(List<ApiToken> tokens, List<Cidr> allow) {
        List<Cidr> proxies = List.of(Cidr.parse("127.0.0.1"));
        return new RelayRules(
                Map.of(), Map.of(), Map.of(), new ApiRules(tokens, allow, proxies, ProxyHeader.X_FORWARDED_FOR, null));
    }

    private static int status(Harness harness, String path, String headers) throws Exception {
        return Integer.parseInt(get(harness, path, headers).substring(9, 12));
    }

    private static String get(Harness harness, String path, String headers) throws Exception {
        return harness.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Connection: close\r\n\r\n");
    }
}
