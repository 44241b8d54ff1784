// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamIdException;
import io.github.srtnetty.relay.streamid.StreamIds;
import io.github.srtnetty.relay.webhook.WebhookTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the relay's file: JSON with comments, by Jackson's streaming parser, because streams nest and its errors carry
 * line and column. Strict: an unknown or repeated key, a wrong type or value is an error.
 */
public final class RelayRulesReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();
    private static final Logger LOGGER = LoggerFactory.getLogger(RelayRulesReader.class);
    private static final Pattern UNRECOGNIZED = Pattern.compile("Unrecognized token '.*", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final int MAX_PORT = 65535;
    private static final int MAX_FILE_BYTES = 16 << 20;

    private final Path file;
    private final Map<RelaySetting, Object> settings = new EnumMap<>(RelaySetting.class);
    private final Map<String, Map<StreamSetting, String>> streams = new HashMap<>();
    private final Map<Integer, String> defaultStreamIds = new HashMap<>();
    private final AuthRulesReader auth;
    private ApiRules api = ApiRules.DEFAULT;
    private List<WebhookTarget> webhooks = List.of();
    private @Nullable ClusterRules cluster;

    private RelayRulesReader(Path file) {
        this.file = file;
        auth = new AuthRulesReader(file);
    }

    /**
     * Reads a file.
     *
     * @throws IOException in one line with the place and the mistake
     */
    public static RelayRules read(Path file) throws IOException {
        RelayRules rules = parse(file, content(file));
        warnOfReaders(file, rules);
        return rules;
    }

    /**
     * Reads the content of a file.
     *
     * @param file its name, for messages and names relative to it
     * @throws IOException in one line with the place and the mistake
     */
    public static RelayRules parse(Path file, byte[] content) throws IOException {
        RelayRulesReader reader = new RelayRulesReader(file);
        parse(file, content, json -> {
            KeyTable objects = reader.objects(json);
            json.fields("the file", key -> {
                if (!objects.read(key)) {
                    reader.setting(json, key, objects.keys());
                }
            });
        });
        return reader.rules();
    }

    /**
     * Reads a file that has the keys of {@code cluster} only.
     *
     * @throws IOException in one line with the place and the mistake
     */
    public static ClusterRules readCluster(Path file) throws IOException {
        List<ClusterRules> read = new ArrayList<>();
        parse(file, content(file), json -> read.add(new ClusterReader(json, file).read()));
        ClusterRules rules = read.get(0);
        warnOfReaders(file, rules.hasSecret());
        return rules;
    }

    /**
     * Returns the content of a file.
     *
     * @throws IOException where it is none, or too long
     */
    public static byte[] content(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a folder, not a file");
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE_BYTES + 1); // a device and a pipe have no size to ask for
        }
        if (content.length > MAX_FILE_BYTES) {
            throw new IOException(file.getFileName() + ": longer than " + MAX_FILE_BYTES + " bytes");
        }
        return content;
    }

    /** Reads the value that a file is. */
    @FunctionalInterface
    private interface Value {
        void read(ConfigJson json) throws IOException;
    }

    private static void parse(Path file, byte[] content, Value whole) throws IOException {
        try (JsonParser json = FACTORY.createParser(content)) {
            json.nextToken();
            ConfigJson value = new ConfigJson(json, String.valueOf(file.getFileName()));
            whole.read(value);
            if (json.nextToken() != null) {
                throw value.wrong("unexpected content after the closing brace");
            }
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new IOException(file.getFileName() + where + ": " + shown(e.getOriginalMessage()));
        }
    }

    private RelayRules rules() {
        return new RelayRules(settings, streams, defaultStreamIds, api, webhooks, auth.rules(), cluster);
    }

    /** Leaves out what Jackson quotes of the file: it may be a secret whose quotation marks are missing. */
    private static String shown(String message) {
        return PeerText.printable(UNRECOGNIZED
                .matcher(message.replaceFirst("(?s) \\(start marker at .*", "")) // of no file
                .replaceFirst("a value that is not JSON: a string must be in quotation marks"));
    }

    /** Logs a warning where a file has secrets and every user of this machine can read it. */
    public static void warnOfReaders(Path file, RelayRules rules) throws IOException {
        warnOfReaders(file, rules.hasSecrets());
    }

    private static void warnOfReaders(Path file, boolean hasSecrets) throws IOException {
        try {
            if (hasSecrets && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                LOGGER.warn(
                        "{} contains secrets, and every user of this machine can read it: run chmod o-r {}",
                        file,
                        file);
            }
        } catch (UnsupportedOperationException e) {
            LOGGER.debug("this file system has no POSIX permissions", e);
        }
    }

    /** Returns the keys that are objects; the others are those of {@link RelaySetting}. */
    private KeyTable objects(ConfigJson json) {
        KeyTable table = new KeyTable()
                .with("streams", () -> json.fields("streams", name -> stream(json, name)))
                .with(
                        "defaultStreamIds",
                        () -> json.fields("defaultStreamIds", port -> defaultStreamIds.put(port(json, port), id(json))))
                .with("webhooks", () -> webhooks = new WebhooksReader(json).read())
                .with("api", () -> api = new ApiRulesReader(json, file).read());
        auth.addTo(table, json);
        return table.with("cluster", () -> cluster = new ClusterReader(json, file).read());
    }

    private void setting(ConfigJson json, String key, Collection<String> objects) throws IOException {
        RelaySetting setting = RelaySetting.byKey(key);
        if (setting == null) {
            Stream<String> settings = Stream.of(RelaySetting.values()).map(RelaySetting::key);
            throw json.unknownKey(
                    "", key, Stream.concat(objects.stream(), settings).toList());
        }
        Object value = setting.isNumber()
                ? json.number()
                : setting.isFlag() ? json.flag() : setting.isBlocks() ? json.joined() : json.text();
        String complaint = setting.complaint(value);
        if (complaint != null) {
            throw json.wrong(key + ": " + complaint);
        }
        settings.put(setting, value);
    }

    private void stream(ConfigJson json, String name) throws IOException {
        checkName(json, name);
        Map<StreamSetting, String> own = new EnumMap<>(StreamSetting.class);
        json.fields("stream " + name, key -> {
            StreamSetting setting = StreamSetting.byKey(key);
            if (setting == null) {
                throw json.unknownKey(
                        "stream " + name + ": ",
                        key,
                        Stream.of(StreamSetting.values())
                                .map(StreamSetting::key)
                                .toList());
            }
            String value = setting.isNumber()
                    ? String.valueOf(json.number())
                    : setting.isFlag() ? String.valueOf(json.flag()) : setting.isBlocks() ? json.joined() : json.text();
            String complaint = setting.complaint(value);
            if (complaint != null) {
                throw json.wrong("stream " + name + ": " + key + ": " + complaint);
            }
            own.put(setting, value);
        });
        streams.put(name, Map.copyOf(own));
    }

    private void checkName(ConfigJson json, String name) throws IOException {
        try {
            if (!StreamIds.parse("publish:" + name, Role.PUBLISH).name().equals(name)) {
                throw json.wrong("no caller can request a stream named \"" + name + "\"");
            }
        } catch (StreamIdException e) {
            throw json.wrong("stream \"" + name + "\": " + e.getMessage());
        }
    }

    private int port(ConfigJson json, String text) throws IOException {
        if (!PORT.matcher(text).matches()) {
            throw json.wrong("\"" + text + "\" is not a port");
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > MAX_PORT) {
            throw json.wrong("port " + text + " is not between 1 and " + MAX_PORT);
        }
        return port;
    }

    private String id(ConfigJson json) throws IOException {
        String id = json.text();
        if (Secrets.isSample(id)) {
            throw json.wrong("defaultStreamIds: " + json.json().currentName() + ": " + Secrets.complaint(id));
        }
        try {
            StreamIds.parse(id, Role.PLAY);
            return id;
        } catch (StreamIdException e) {
            throw json.wrong("defaultStreamIds: " + json.json().currentName() + ": " + e.getMessage());
        }
    }
}
