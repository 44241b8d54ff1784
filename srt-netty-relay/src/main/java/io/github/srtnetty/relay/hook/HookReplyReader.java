// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.outgoing.Reply;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of the hook. 204 admits; 200 has an object with {@code allow}; 401, 403 and 404 reject. Everything
 * else is a failure, so a page of a proxy is not a decision.
 */
final class HookReplyReader {
    /** The options that an answer may set, by their names in addresses. */
    static final Set<String> OPTIONS =
            Set.of("latency", "rcvlatency", "peerlatency", "maxbw", "oheadbw", "lossmaxttl", "pbkeylen");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(4).build())
            .build();
    private static final int LEAST_CODE = 1000;
    private static final int MOST_CODE = 2999;
    private static final int MOST_REASON_CHARS = 200;

    private final Map<String, String> passphrases;
    private final Map<SrtChannelOption<?>, Object> options = new HashMap<>();
    private @Nullable Boolean allow;
    private int code = SrtRejectReason.FORBIDDEN.code();
    private String reason = "";
    private @Nullable String passphrase;
    private String user = "";

    private HookReplyReader(Map<String, String> passphrases) {
        this.passphrases = passphrases;
    }

    /**
     * Reads an answer.
     *
     * @param passphrases those of the configuration, by name
     * @throws IOException if it is not a decision; without its content
     */
    static HookAnswer read(Reply reply, Map<String, String> passphrases) throws IOException {
        return switch (reply.status()) {
            case 200 -> new HookReplyReader(passphrases).read(reply.body());
            case 204 -> new HookAnswer(null, "", null, Map.of(), "");
            case 401, 403, 404 ->
                HookAnswer.reject(
                        new SrtRejectReason(LEAST_CODE + reply.status()), "the hook answers " + reply.status());
            default -> throw new IOException("it answers with status " + reply.status());
        };
    }

    private HookAnswer read(byte[] body) throws IOException {
        try (JsonParser json = FACTORY.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("its answer is not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                field(json, field);
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new IOException("unexpected content after the object in its answer");
            }
        } catch (JsonProcessingException e) {
            throw new IOException("its answer is not JSON"); // the message of the parser may quote a secret
        }
        if (allow == null) {
            throw new IOException("its answer has no field allow");
        }
        return allow
                ? new HookAnswer(null, reason, passphrase, options, user)
                : HookAnswer.reject(
                        new SrtRejectReason(code), "the hook rejects" + (reason.isEmpty() ? "" : ": ") + reason);
    }

    private void field(JsonParser json, String field) throws IOException {
        switch (field) {
            case "allow" -> {
                if (!json.currentToken().isBoolean()) {
                    throw new IOException("allow must be true or false");
                }
                allow = json.getBooleanValue();
            }
            case "code" -> code = code(json);
            case "reason" -> {
                String text = text(json, field);
                reason = PeerText.printable(text.substring(0, Math.min(text.length(), MOST_REASON_CHARS)));
            }
            case "user" -> {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    user = json.getText();
                }
                json.skipChildren(); // of a server with another notion of it; only the label depends on it
            }
            case "passphrase" -> passphrase(text(json, field));
            case "passphraseName" -> {
                String named = passphrases.get(text(json, field));
                if (named == null) {
                    throw new IOException("passphraseName names no passphrase of the configuration");
                }
                passphrase(named);
            }
            case "options" -> options(json);
            default -> json.skipChildren();
        }
    }

    private void passphrase(String text) throws IOException {
        if (passphrase != null || text.isEmpty()) {
            throw new IOException("a passphrase is empty, or given twice");
        }
        try {
            SrtOptions.SRTO_PASSPHRASE.validate(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("a passphrase must have 10 to 80 bytes"); // its message might show it
        }
        passphrase = text;
    }

    private void options(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("options must be an object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            if (!OPTIONS.contains(key) || !json.currentToken().isNumeric()) {
                throw new IOException("options must be numbers for " + String.join(", ", new TreeSet<>(OPTIONS)));
            }
            option(key, json.getText());
        }
    }

    private void option(String key, String value) throws IOException {
        SrtOption<?> option = SrtOptions.byUriKey(key);
        SrtChannelOption<?> channelOption = option == null ? null : SrtChannelOption.of(option);
        if (option == null || channelOption == null) {
            throw new IOException("option " + key + ": this version of libsrt does not support it");
        }
        try {
            options.put(channelOption, option.parse(value));
        } catch (IllegalArgumentException e) {
            throw new IOException(PeerText.printable("option " + e.getMessage()), e);
        }
    }

    private static int code(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getLongValue() < LEAST_CODE
                || json.getLongValue() > MOST_CODE) {
            throw new IOException("code must be " + LEAST_CODE + " to " + MOST_CODE);
        }
        return json.getIntValue();
    }

    private static String text(JsonParser json, String field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new IOException(field + " must be a string");
        }
        return json.getText();
    }
}
