// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.relay.auth.AuthRules;
import io.github.srtnetty.relay.auth.HookRules;
import io.github.srtnetty.relay.auth.JwtRules;
import io.github.srtnetty.relay.outgoing.Target;
import io.github.srtnetty.relay.streamid.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code passphrases}, {@code jwt} and {@code hook} of the relay's file. */
final class AuthRulesReader {
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    private final Path file;
    private final Map<String, String> passphrases = new HashMap<>();
    private @Nullable JwtRules jwt;
    private @Nullable HookRules hook;

    AuthRulesReader(Path file) {
        this.file = file;
    }

    /** Adds its keys to those of the file. */
    void addTo(KeyTable table, ConfigJson json) {
        table.with("passphrases", () -> json.fields("passphrases", name -> passphrase(json, name)))
                .with("jwt", () -> jwt = new Jwt(json).read())
                .with("hook", () -> hook = new HookReader(json).read());
    }

    AuthRules rules() {
        return new AuthRules(passphrases, jwt, hook);
    }

    private void passphrase(ConfigJson json, String name) throws IOException {
        if (!name.matches(NAME)) {
            throw json.wrong("passphrases: a name has 1 to 64 letters, digits and . _ -");
        }
        String value = json.text();
        String complaint = StreamSetting.PASSPHRASE.complaint(value);
        if (complaint != null) {
            throw json.wrong("passphrases: " + name + ": " + complaint);
        }
        passphrases.put(name, value);
    }

    private Path path(ConfigJson json, String what) throws IOException {
        try {
            return file.toAbsolutePath().resolveSibling(json.text());
        } catch (InvalidPathException e) {
            throw json.wrong(what + ": is not a path");
        }
    }

    private static URI url(ConfigJson json, String what) throws IOException {
        try {
            return Target.parse(json.text());
        } catch (IllegalArgumentException e) {
            throw json.wrong(what + ": " + e.getMessage());
        }
    }

    private static int number(ConfigJson json, String what, int least, int most) throws IOException {
        int number = json.number();
        if (number < least || number > most) {
            throw json.wrong(what + ": must be from " + least + " to " + most);
        }
        return number;
    }

    private static Set<Role> roles(ConfigJson json, String what) throws IOException {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : json.texts()) {
            switch (name) {
                case "publish" -> roles.add(Role.PUBLISH);
                case "play" -> roles.add(Role.PLAY);
                default -> throw json.wrong(what + ": may only have publish and play");
            }
        }
        if (roles.isEmpty()) {
            throw json.wrong(what + ": is empty");
        }
        return roles;
    }

    /** Requires an encrypted address, or a private one that the configuration allows. */
    private static void requireSafe(ConfigJson json, String what, URI url, boolean allowPrivate) throws IOException {
        if (new Target(url, allowPrivate).isClear() && !allowPrivate) {
            throw json.wrong(what + ": must begin with https://, or be on a private network with allowPrivate");
        }
    }

    /** The object {@code jwt}. */
    private final class Jwt {
        private final ConfigJson json;
        private @Nullable Path keys;
        private @Nullable URI url;
        private boolean allowPrivate;
        private int refreshSeconds = 300;
        private Set<String> algorithms = Set.copyOf(JwtRules.ALGORITHMS);
        private @Nullable String issuer;
        private @Nullable String audience;
        private int leewaySeconds = 30;
        private Set<Role> roles = EnumSet.allOf(Role.class);

        Jwt(ConfigJson json) {
            this.json = json;
        }

        JwtRules read() throws IOException {
            json.fields("jwt", keyTable());
            if ((keys == null) == (url == null)) {
                throw json.wrong("jwt: needs either file or url");
            }
            if (url != null) {
                requireSafe(json, "jwt: url", url, allowPrivate);
            }
            return new JwtRules(
                    keys,
                    url,
                    allowPrivate,
                    Duration.ofSeconds(refreshSeconds),
                    algorithms,
                    issuer,
                    audience,
                    Duration.ofSeconds(leewaySeconds),
                    roles);
        }

        private KeyTable keyTable() {
            return new KeyTable()
                    .with("file", () -> keys = path(json, "jwt: file"))
                    .with("url", () -> url = AuthRulesReader.url(json, "jwt: url"))
                    .with("allowPrivate", () -> allowPrivate = json.flag())
                    .with("refreshSeconds", () -> refreshSeconds = number(json, "jwt: refreshSeconds", 1, 86_400))
                    .with("algorithms", () -> algorithms = algorithms(json.texts()))
                    .with("issuer", () -> issuer = json.text())
                    .with("audience", () -> audience = json.text())
                    .with("leewaySeconds", () -> leewaySeconds = number(json, "jwt: leewaySeconds", 0, 300))
                    .with("roles", () -> roles = AuthRulesReader.roles(json, "jwt: roles"));
        }

        private Set<String> algorithms(List<String> names) throws IOException {
            if (names.isEmpty() || !JwtRules.ALGORITHMS.containsAll(names)) {
                throw json.wrong("jwt: algorithms: must be among " + String.join(", ", JwtRules.ALGORITHMS));
            }
            return new HashSet<>(names);
        }
    }

    /** The object {@code hook}. */
    private final class HookReader {
        private final ConfigJson json;
        private @Nullable URI url;
        private boolean allowPrivate;
        private HookRules.Mode mode = HookRules.Mode.HOLD;
        private int timeoutMillis = 3000;
        private int maxPending = 500;
        private HookRules.WhenDown whenDown = HookRules.WhenDown.DENY;
        private @Nullable String token;
        private @Nullable Path certificates;
        private Set<Role> roles = EnumSet.allOf(Role.class);

        HookReader(ConfigJson json) {
            this.json = json;
        }

        HookRules read() throws IOException {
            json.fields("hook", keyTable());
            if (url == null) {
                throw json.wrong("hook: needs url");
            }
            requireSafe(json, "hook: url", url, allowPrivate);
            return new HookRules(
                    url,
                    allowPrivate,
                    mode,
                    Duration.ofMillis(timeoutMillis),
                    maxPending,
                    whenDown,
                    token,
                    certificates,
                    roles);
        }

        private KeyTable keyTable() {
            return new KeyTable()
                    .with("url", () -> url = AuthRulesReader.url(json, "hook: url"))
                    .with("allowPrivate", () -> allowPrivate = json.flag())
                    .with("mode", () -> mode = word("mode", HookRules.Mode.values()))
                    .with("timeoutMillis", () -> timeoutMillis = number(json, "hook: timeoutMillis", 100, 3000))
                    .with("maxPending", () -> maxPending = number(json, "hook: maxPending", 1, 10_000))
                    .with("whenDown", () -> whenDown = word("whenDown", HookRules.WhenDown.values()))
                    .with("token", () -> token = secret(json.text()))
                    .with("certificates", () -> certificates = path(json, "hook: certificates"))
                    .with("roles", () -> roles = AuthRulesReader.roles(json, "hook: roles"));
        }

        private String secret(String text) throws IOException {
            String complaint = Secrets.complaint(text);
            if (complaint != null || !text.matches("[!-~]{1,1000}")) {
                throw json.wrong(
                        "hook: token: " + (complaint == null ? "must have visible ASCII characters" : complaint));
            }
            return text;
        }

        private <E extends Enum<E>> E word(String key, E[] values) throws IOException {
            StringBuilder words = new StringBuilder();
            String text = json.text();
            for (E value : values) {
                String word = value.name().toLowerCase(Locale.ROOT);
                if (word.equals(text)) {
                    return value;
                }
                words.append(words.isEmpty() ? "" : ", ").append(word);
            }
            throw json.wrong("hook: " + key + ": must be one of " + words);
        }
    }
}
