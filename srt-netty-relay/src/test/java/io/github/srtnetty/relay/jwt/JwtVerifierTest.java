// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.github.srtnetty.relay.auth.JwtRules;
import io.github.srtnetty.relay.streamid.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens count, and which do not. */
class JwtVerifierTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String GOOD = "{\"streams\":\"live/*\",\"role\":\"publish\",\"exp\":1800000060}";

    private static Minter es256;
    private static Minter rs256;
    private static Minter edDsa;
    private static Minter hs256;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeKeys() throws Exception {
        es256 = Minter.of("ES256");
        rs256 = Minter.of("RS256");
        edDsa = Minter.of("EdDSA");
        hs256 = Minter.of("HS256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "EdDSA", "HS256"})
    void acceptsATokenOfEachAlgorithm_andNoneThatWasChanged(String algorithm) throws Exception {
        Minter minter = Map.of("ES256", es256, "RS256", rs256, "EdDSA", edDsa, "HS256", hs256)
                .get(algorithm);
        String token = minter.mint(GOOD);
        try (JwtVerifier verifier = all()) {
            JwtCheck check = check(verifier, token);
            assertThat(check.fault()).isNull();
            assertThat(check.grant().allows(Role.PUBLISH, "live/tv")).isTrue();
            assertThat(check.grant().allows(Role.PLAY, "live/tv")).isFalse();
            assertThat(check.grant().allows(Role.PUBLISH, "other")).isFalse();

            String[] parts = token.split("\\.");
            String more = Base64URL.encode(GOOD.replace("live/*", "*")).toString();
            assertThat(check(verifier, parts[0] + "." + more + "." + parts[2]).fault())
                    .isEqualTo(JwtFault.SIGNATURE);
            assertThat(check(verifier, parts[0] + "." + parts[1] + ".").fault())
                    .isIn(JwtFault.SIGNATURE, JwtFault.MALFORMED);
            assertThat(check(verifier, parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()))
                            .fault())
                    .isIn(JwtFault.SIGNATURE, JwtFault.MALFORMED);
        }
    }

    @Test
    void fitsIntoAStreamId() {
        String claims = "{\"streams\":\"live/studio\",\"role\":\"publish\",\"exp\":1800000060}";
        for (Minter minter : List.of(es256, edDsa, hs256)) {
            assertThat(("#!::m=publish,r=live/studio,s=" + minter.mint(claims)).length())
                    .isLessThan(300);
        }
        JWSHeader plain = new JWSHeader(JWSAlgorithm.RS256);
        assertThat("#!::m=publish,r=live/studio,s=" + rs256.sign(plain, claims)).hasSizeBetween(470, 512);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"streams":"*","role":"publish","exp":1799999969}                   | EXPIRED
                    {"streams":"*","role":"publish","exp":1799999971}                   |
                    {"streams":"*","role":"publish","exp":1800000060,"nbf":1800000031}  | NOT_YET
                    {"streams":"*","role":"publish","exp":1800000060,"nbf":1800000029}  |
                    {"streams":"*","role":"publish","exp":1800000060.5}                 |
                    {"streams":"*","role":"publish"}                                    | CLAIMS
                    {"streams":"*","role":"publish","exp":"1800000060"}                 | CLAIMS
                    {"streams":"*","role":"publish","exp":1e300}                        | CLAIMS
                    {"streams":"*","role":"publish","exp":-1}                           | CLAIMS
                    {"streams":"*","role":"publish","exp":null}                         | CLAIMS
                    {"streams":"*","role":"publish","exp":1800000060,"nbf":"now"}       | CLAIMS
                    {"streams":[],"role":"publish","exp":1800000060}                    | CLAIMS
                    {"streams":[1],"role":"publish","exp":1800000060}                   | CLAIMS
                    {"streams":{"a":"b"},"role":"publish","exp":1800000060}             | CLAIMS
                    {"role":"publish","exp":1800000060}                                 | CLAIMS
                    {"streams":"*","exp":1800000060}                                    | CLAIMS
                    {"streams":"*","role":"admin","exp":1800000060}                     | CLAIMS
                    {"streams":"*","role":["publish","admin"],"exp":1800000060}         | CLAIMS
                    {"streams":["a","*"],"role":["play","publish"],"exp":1800000060}    |
                    {"streams":"*","role":"publish","exp":1800000060,"passphrase":7}    | CLAIMS
                    []                                                                  | CLAIMS
                    "text"                                                              | CLAIMS
                    """)
    void readsTheClaims(String claims, JwtFault fault) throws Exception {
        try (JwtVerifier verifier = all()) {
            assertThat(check(verifier, es256.mint(claims)).fault()).isEqualTo(fault);
        }
    }

    @Test
    void refusesAnotherIssuerAndAudience() throws Exception {
        JwtRules rules = new JwtRules(
                file(es256),
                null,
                false,
                Duration.ofMinutes(5),
                Set.of("ES256"),
                "https://login.example",
                "relay",
                Duration.ZERO,
                Set.of(Role.PUBLISH));
        try (JwtVerifier verifier = JwtVerifier.start(rules, new JwtCounts())) {
            assertThat(check(verifier, with("\"iss\":\"https://login.example\",\"aud\":\"relay\""))
                            .fault())
                    .isNull();
            assertThat(check(verifier, with("\"iss\":\"https://login.example\",\"aud\":[\"x\",\"relay\"]"))
                            .fault())
                    .isNull();
            assertThat(check(verifier, with("\"iss\":\"https://evil.example\",\"aud\":\"relay\""))
                            .fault())
                    .isEqualTo(JwtFault.ISSUER);
            assertThat(check(verifier, with("\"aud\":\"relay\"")).fault()).isEqualTo(JwtFault.ISSUER);
            assertThat(check(verifier, with("\"iss\":\"https://login.example\""))
                            .fault())
                    .isEqualTo(JwtFault.AUDIENCE);
            assertThat(check(verifier, with("\"iss\":\"https://login.example\",\"aud\":\"relays\""))
                            .fault())
                    .isEqualTo(JwtFault.AUDIENCE);
            assertThat(check(verifier, with("\"iss\":[\"https://login.example\"],\"aud\":\"relay\""))
                            .fault())
                    .isEqualTo(JwtFault.ISSUER);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"alg":"none"}                                     | MALFORMED
                    {"alg":"None"}                                     | ALGORITHM
                    {"alg":"NONE","kid":"es256"}                       | ALGORITHM
                    {"alg":"ES384","kid":"es256"}                      | ALGORITHM
                    {"alg":"HS512","kid":"hs256"}                      | ALGORITHM
                    {"alg":"dir","enc":"A128GCM"}                      | MALFORMED
                    {"kid":"es256"}                                    | MALFORMED
                    {"alg":7}                                          | MALFORMED
                    {"alg":"ES256","kid":"../../etc/passwd"}           | UNKNOWN_KEY
                    {"alg":"ES256","kid":"' OR 1=1 --"}                | UNKNOWN_KEY
                    {"alg":"ES256","kid":"rs256"}                      | UNKNOWN_KEY
                    {"alg":"ES256","kid":["es256"]}                    | MALFORMED
                    {"alg":"ES256","kid":"es256","crit":["exp"]}       | MALFORMED
                    {"alg":"ES256","kid":"es256","b64":false,"crit":["b64"]} | MALFORMED
                    {"alg":"ES256","kid":"es256","jku":"http://127.0.0.1:1/"} | SIGNATURE
                    {"alg":"ES256"}                                    | SIGNATURE
                    not json                                           | MALFORMED
                    """)
    void refusesOtherHeaders(String header, JwtFault fault) throws Exception {
        String token = Base64URL.encode(header) + "." + Base64URL.encode(GOOD) + "." + Base64URL.encode(new byte[64]);
        try (JwtVerifier verifier = all()) {
            assertThat(check(verifier, token).fault()).isEqualTo(fault);
            assertThat(fault.isGuess()).isTrue();
        }
    }

    /** The classic confusion: the public key of RS256, which everybody knows, as the secret of HS256. */
    @Test
    void refusesATokenOfHs256SignedWithAPublicKey() throws Exception {
        byte[] publicKey = ((RSAKey) rs256.key()).toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey)
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : List.of(publicKey, pem.getBytes(StandardCharsets.US_ASCII), Minter.keySet(rs256))) {
            for (String id : List.of("rs256", "hs256", "es256")) {
                JWSObject jws = new JWSObject(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(id).build(), new Payload(GOOD));
                jws.sign(new MACSigner(secret));
                try (JwtVerifier verifier = JwtVerifier.start(rules(file(rs256, es256), 30), new JwtCounts())) {
                    assertThat(check(verifier, jws.serialize()).fault()).isEqualTo(JwtFault.UNKNOWN_KEY);
                }
                try (JwtVerifier verifier = all()) {
                    assertThat(check(verifier, jws.serialize()).fault()).isIn(JwtFault.UNKNOWN_KEY, JwtFault.SIGNATURE);
                }
            }
        }
    }

    /** The key of an attacker in the header of its own token. */
    @Test
    void doesNotUseAKeyThatTheTokenBrings() throws Exception {
        Minter attacker = Minter.of("ES256");
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID("es256")
                .jwk(attacker.key().toPublicJWK())
                .jwkURL(URI.create("https://evil.example/jwks"))
                .build();
        try (JwtVerifier verifier = all()) {
            assertThat(check(verifier, attacker.sign(header, GOOD)).fault()).isEqualTo(JwtFault.SIGNATURE);
        }
    }

    @Test
    void needsAKeyId_whereMoreThanOneKeyFits() throws Exception {
        Minter other = Minter.of("ES256");
        JWSHeader plain = new JWSHeader(JWSAlgorithm.ES256);
        try (JwtVerifier verifier = JwtVerifier.start(rules(file(es256), 0), new JwtCounts())) {
            assertThat(check(verifier, es256.sign(plain, GOOD)).fault()).isNull();
        }
        try (JwtVerifier verifier = JwtVerifier.start(rules(file(es256, other), 0), new JwtCounts())) {
            assertThat(check(verifier, es256.sign(plain, GOOD)).fault()).isEqualTo(JwtFault.UNKNOWN_KEY);
        }
    }

    @Test
    void refusesAnyOtherTextWithoutAFailure() throws Exception {
        long seed = System.nanoTime();
        System.out.println("tokens: seed " + seed);
        Random random = new Random(seed);
        String token = es256.mint(GOOD);
        Set<JwtFault> faults = new HashSet<>();
        try (JwtVerifier verifier = all()) {
            for (int i = 0; i < 2000; i++) {
                StringBuilder mutant = new StringBuilder(token);
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    mutant.setCharAt(
                            random.nextInt(mutant.length()),
                            ".AZaz09-_={\u0000\u00e9\ud800".charAt(random.nextInt(14)));
                }
                JwtCheck check = check(verifier, mutant.toString(), i);
                if (mutant.toString().equals(token)) {
                    continue;
                }
                boolean sameBytes = check.grant() != null; // the last character has bits that count for nothing
                assertThat(sameBytes
                                && !mutant.substring(0, token.length() - 1)
                                        .equals(token.substring(0, token.length() - 1)))
                        .as("seed %d, case %d: %s", seed, i, mutant)
                        .isFalse();
                faults.add(check.fault());
            }
        }
        assertThat(faults).contains(JwtFault.MALFORMED, JwtFault.SIGNATURE);
    }

    @Test
    void refusesTextsThatAreNoTokens() throws Exception {
        try (JwtVerifier verifier = all()) {
            for (String odd : List.of(
                    "",
                    ".",
                    "..",
                    "...",
                    "ey.",
                    "eyJ.eyJ.eyJ.eyJ.eyJ",
                    "ey" + "[".repeat(900) + ".",
                    "x".repeat(100_000),
                    Base64URL.encode("[".repeat(300)) + "..")) {
                assertThat(check(verifier, odd).fault()).as(odd).isEqualTo(JwtFault.MALFORMED);
            }
        }
    }

    @Test
    void checksOnlySoManySignaturesASecond_butKnownTokensAlways() throws Exception {
        try (JwtVerifier verifier = all()) {
            String known = es256.mint(GOOD);
            assertThat(verifier.check(known, NOW, 0).fault()).isNull();
            int checked = 1;
            while (verifier.check(known + checked, NOW, 0).fault() != JwtFault.BUSY) {
                checked++;
            }
            assertThat(checked).isEqualTo(CheckBudget.BURST);
            assertThat(verifier.check(known, NOW, 0).fault()).isNull();
            assertThat(verifier.check(known, NOW.plusSeconds(3600), 0).fault()).isEqualTo(JwtFault.EXPIRED);
            assertThat(verifier.check(known + "x", NOW, 1_000_000_000L / CheckBudget.PER_SECOND)
                            .fault())
                    .isEqualTo(JwtFault.SIGNATURE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {                                                | is not a JWK set
                    {"keys":7}                                       | is not a JWK set
                    {"keys":[]}                                      | has no key for
                    {"keys":[{"kty":"new"}]}                         | has no key for
                    {"keys":[{"kty":"oct","k":"c2hvcnQ"}]}           | has no key for
                    {"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA"}]} | has no key for
                    """)
    void refusesAFileWithoutKeys(String json, String words) throws Exception {
        Path file = Files.writeString(folder.resolve("bad.json"), json);

        assertThat(catchThrowable(() -> JwtVerifier.start(rules(file, 0), new JwtCounts())))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("jwt: ")
                .hasMessageContaining(words);
    }

    @Test
    void refusesKeysThatAreTooWeak_orMadeToBeSlow() throws Exception {
        for (RSAKey key : List.of(
                new RSAKeyGenerator(1024, true).generate(),
                new RSAKey.Builder(
                                ((RSAKey) rs256.key()).getModulus(),
                                Base64URL.encode(new byte[] {1, 2, 3, 4, 5, 6, 7, 9}))
                        .build())) {
            byte[] json = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
            assertThat(catchThrowable(() -> JwtKeys.parse(json, Set.of("RS256"), true)))
                    .hasMessageContaining("has no key for RS256");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "live/*, live/tv, true",
        "live/*, live/, true",
        "live/*, live, false",
        "*, anything/at all, true",
        "a*b*c, aXbYc, true",
        "a*b*c, ac, false",
        "'', a, false",
        "a, a, true",
        "a, A, false",
        "**, x, true",
        "*tv, live/tv, true",
        "*tv, live/tvx, false",
        "?, x, false"
    })
    void comparesNamesWithPatterns(String pattern, String name, boolean fits) {
        assertThat(new StreamPattern(pattern).matches(name)).isEqualTo(fits);
    }

    private static String with(String more) {
        return es256.mint(GOOD.replace("}", "," + more + "}"));
    }

    private JwtVerifier all() throws IOException {
        return JwtVerifier.start(rules(file(es256, rs256, edDsa, hs256), 30), new JwtCounts());
    }

    private Path file(Minter... minters) throws IOException {
        return Files.write(folder.resolve("jwks.json"), Minter.keySet(minters));
    }

    private static JwtRules rules(Path file, int leewaySeconds) {
        return new JwtRules(
                file,
                null,
                false,
                Duration.ofMinutes(5),
                Set.copyOf(JwtRules.ALGORITHMS),
                null,
                null,
                Duration.ofSeconds(leewaySeconds),
                Set.of(Role.PUBLISH, Role.PLAY));
    }

    private static JwtCheck check(JwtVerifier verifier, String token) {
        return check(verifier, token, 0);
    }

    /** Checks within the budget. */
    private static JwtCheck check(JwtVerifier verifier, String token, int second) {
        return verifier.check(token, NOW, second * 1_000_000_000L);
    }
}
