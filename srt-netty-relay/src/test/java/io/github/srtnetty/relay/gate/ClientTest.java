// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiRules.ProxyHeader;
import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.http.HttpCall;
import io.github.srtnetty.relay.http.HttpProblem;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who the client of a request is, behind proxies of 10.0.0.0/8. */
class ClientTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.1    | 203.0.113.9                      | 203.0.113.9
            10.0.0.1    | 198.51.100.1, 203.0.113.9        | 203.0.113.9
            10.0.0.1    | 203.0.113.9, 10.0.0.2            | 203.0.113.9
            10.0.0.1    | 10.0.0.3, 10.0.0.2               | 10.0.0.3
            10.0.0.1    | 203.0.113.9:4711                 | 203.0.113.9
            10.0.0.1    | nonsense, 203.0.113.9            | 203.0.113.9
            10.0.0.1    | 2001:db8::1                      | 2001:db8:0:0:0:0:0:1
            10.0.0.1    | [2001:db8::1]:80                 | 2001:db8:0:0:0:0:0:1
            10.0.0.1    | ::ffff:10.0.0.7, 203.0.113.9     | 203.0.113.9
            10.0.0.1    | 203.0.113.9, ::ffff:10.0.0.7     | 203.0.113.9
            192.0.2.1   | 203.0.113.9                      | 192.0.2.1
            127.0.0.1   | 203.0.113.9                      | 127.0.0.1
            """)
    void readsXForwardedForOfTrustedProxies_fromTheRight(String peer, String header, String client) {
        HttpHeaders headers = new DefaultHttpHeaders().set("X-Forwarded-For", header);

        Client found = Client.of(call(peer, headers), rules(ProxyHeader.X_FORWARDED_FOR));
        assertThat(found.address().getHostAddress()).isEqualTo(client);
        assertThat(found.isLocal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            for=203.0.113.9                                  | 203.0.113.9
            For="203.0.113.9:80";proto=https                 | 203.0.113.9
            proto=https; for=203.0.113.9 ;by=10.0.0.1        | 203.0.113.9
            for=198.51.100.1, for="[2001:db8::1]:80"         | 2001:db8:0:0:0:0:0:1
            for=203.0.113.9, for=10.0.0.2                    | 203.0.113.9
            """)
    void readsForwarded_whereTheConfigurationSaysSo_andIgnoresTheOtherHeader(String header, String client) {
        HttpHeaders headers = new DefaultHttpHeaders().set("Forwarded", header).set("X-Forwarded-For", "192.0.2.99");

        assertThat(Client.of(call("10.0.0.1", headers), rules(ProxyHeader.FORWARDED))
                        .address()
                        .getHostAddress())
                .isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            X-Forwarded-For | unknown
            X-Forwarded-For | 203.0.113.9,
            X-Forwarded-For | localhost
            X-Forwarded-For | [::1
            X-Forwarded-For | fe80::1%lo
            Forwarded       | for=unknown
            Forwarded       | for=_hidden
            Forwarded       | by=203.0.113.9
            Forwarded       | for="203.0.113.9
            """)
    void refusesWhatIsNoAddress(String name, String header) {
        ProxyHeader kind = name.equals("Forwarded") ? ProxyHeader.FORWARDED : ProxyHeader.X_FORWARDED_FOR;
        HttpHeaders headers = new DefaultHttpHeaders().set(name, header);

        assertThatThrownBy(() -> Client.of(call("10.0.0.1", headers), rules(kind)))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            127.0.0.1, '',        true
            ::1,       '',        true
            192.0.2.1, '',        false
            127.0.0.1, Via,       false
            127.0.0.1, Forwarded, false
            127.0.0.1, X-Real-IP, false
            """)
    void isLocalWithoutAnyTraceOfAProxyOnly(String peer, String trace, boolean local) {
        HttpHeaders headers = new DefaultHttpHeaders();
        if (!trace.isEmpty()) {
            headers.set(trace, "127.0.0.1");
        }
        assertThat(Client.of(call(peer, headers), ApiRules.DEFAULT).isLocal()).isEqualTo(local);
    }

    private static ApiRules rules(ProxyHeader header) {
        return new ApiRules(List.of(), List.of(), List.of(Cidr.parse("10.0.0.0/8")), header, null);
    }

    private static HttpCall call(String peer, HttpHeaders headers) {
        return new HttpCall(
                HttpMethod.GET, "/", HttpVersion.HTTP_1_1, headers, new byte[0], new InetSocketAddress(peer, 1), false);
    }
}
