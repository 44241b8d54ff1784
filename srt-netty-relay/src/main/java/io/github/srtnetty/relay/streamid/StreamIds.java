// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.streamid;

import io.github.srtnetty.bootstrap.SrtStreamId;
import io.github.srtnetty.libsrt.SrtRejectReason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream ids of all relays that are in use, so that every client works unchanged. {@link #SPELLINGS} is the
 * table: the first row whose prefix fits reads the id. What no row claims is a bare name, whose role is the port's.
 * Only string scans: it runs on libsrt's receive thread.
 */
public final class StreamIds {
    public static final int MAX_NAME_CHARS = 255;

    private static final String FEEDBACK_SUFFIX = "#feedbackplay"; // appended by some players
    private static final SrtRejectReason BAD = SrtRejectReason.BAD_REQUEST;

    /** How the text behind a prefix is read. */
    private interface Syntax {
        StreamRequest read(Row row, String rest, Role portRole) throws StreamIdException;
    }

    private record Row(String prefix, @Nullable Role role, Syntax syntax) {}

    private static final List<Row> SPELLINGS = List.of(
            new Row("#!::", null, StreamIds::standard), // libsrt, SRS, ZLMediaKit, and second spelling of most
            new Row("publish:", Role.PUBLISH, StreamIds::colons), // MediaMTX, gosrt
            new Row("read:", Role.PLAY, StreamIds::colons), // MediaMTX
            new Row("subscribe:", Role.PLAY, StreamIds::colons), // gosrt
            new Row("play:", Role.PLAY, StreamIds::colons),
            new Row("request:", Role.PLAY, StreamIds::colons),
            new Row("publish/", Role.PUBLISH, StreamIds::slashes), // srtrelay
            new Row("play/", Role.PLAY, StreamIds::slashes), // srtrelay
            new Row("uplive.sls.com/", Role.PUBLISH, StreamIds::path), // srt-live-server
            new Row("live.sls.com/", Role.PLAY, StreamIds::path), // srt-live-server
            new Row("input/", Role.PUBLISH, StreamIds::path), // srt-live-server's container
            new Row("output/", Role.PLAY, StreamIds::path), // srt-live-server's container
            new Row("srt://", null, StreamIds::url)); // OvenMediaEngine
    private static final Row BARE = new Row("", null, StreamIds::bare); // Ant Media, gosrt's /live/x, datarhei

    private StreamIds() {}

    /**
     * Reads an id.
     *
     * @param portRole the role of a name that comes without one
     * @throws StreamIdException with 1400 where it makes no sense, 1405 for a mode or type that the relay does not
     *     serve
     */
    public static StreamRequest parse(String id, Role portRole) throws StreamIdException {
        String text = id.endsWith(FEEDBACK_SUFFIX) ? id.substring(0, id.length() - FEEDBACK_SUFFIX.length()) : id;
        for (Row row : SPELLINGS) {
            if (text.regionMatches(true, 0, row.prefix, 0, row.prefix.length())) {
                return checked(row.syntax.read(row, text.substring(row.prefix.length()), portRole));
            }
        }
        if (text.startsWith("#")) { // the nested form #!:{...}, or a slip of the standard one: its role is not known
            throw new StreamIdException(BAD, "begins with # but not with #!::");
        }
        return checked(BARE.syntax.read(BARE, text, portRole));
    }

    /** {@code m=publish,r=name,u=user,s=token}, other keys ignored. */
    private static StreamRequest standard(Row row, String rest, Role portRole) throws StreamIdException {
        SrtStreamId id;
        try {
            id = SrtStreamId.parse(row.prefix + rest);
        } catch (IllegalArgumentException e) {
            throw new StreamIdException(BAD, "not key=value,key=value with each key once");
        }
        if (!id.type().equals("stream")) {
            throw new StreamIdException(SrtRejectReason.BAD_MODE, "type " + id.type() + ": only stream is served");
        }
        String resource = id.resource();
        if (resource == null) {
            throw new StreamIdException(BAD, "no key r with the name of the stream");
        }
        String session = id.session();
        String token = session != null ? session : id.get("token");
        String mode = id.get("m");
        return new StreamRequest(
                role(mode == null ? null : role(mode), afterQuery(resource), Role.PLAY),
                beforeQuery(resource),
                token == null ? queryToken(afterQuery(resource)) : token);
    }

    /** {@code name[:user:password][:query]} or {@code name[?token=x]}. */
    private static StreamRequest colons(Row row, String rest, Role portRole) throws StreamIdException {
        String[] parts = rest.split(":", -1);
        String name = beforeQuery(parts[0]);
        String query = parts.length == 2 ? parts[1] : parts.length == 4 ? parts[3] : afterQuery(rest);
        String token = parts.length >= 3 ? parts[2] : queryToken(query);
        return new StreamRequest(role(row.role, query, portRole), name, token);
    }

    /** {@code name[/token]}. */
    private static StreamRequest slashes(Row row, String rest, Role portRole) {
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        return new StreamRequest(
                row.role == null ? portRole : row.role, name, slash < 0 ? "" : rest.substring(slash + 1));
    }

    /** {@code app/name[?token=x]}. */
    private static StreamRequest path(Row row, String rest, Role portRole) throws StreamIdException {
        String query = afterQuery(rest);
        return new StreamRequest(role(row.role, query, portRole), beforeQuery(rest), queryToken(query));
    }

    /** {@code host:port/app/name[?token=x]}. */
    private static StreamRequest url(Row row, String rest, Role portRole) throws StreamIdException {
        int slash = rest.indexOf('/');
        if (slash < 0) {
            throw new StreamIdException(BAD, "an address without a path");
        }
        return path(row, rest.substring(slash + 1), portRole);
    }

    /** {@code name[?token=x]}, {@code name,mode:publish,token:x}, or an address with percent signs. */
    private static StreamRequest bare(Row row, String rest, Role portRole) throws StreamIdException {
        if (rest.regionMatches(true, 0, "srt%3A", 0, 6)) {
            return url(row, decoded(rest).substring("srt://".length()), portRole);
        }
        String[] parts = rest.split(",");
        StreamRequest request = path(row, parts.length == 0 ? "" : parts[0], portRole);
        Role role = request.role();
        String token = request.token();
        for (int i = 1; i < parts.length; i++) {
            String value = parts[i].substring(parts[i].indexOf(':') + 1);
            if (parts[i].startsWith("mode:")) {
                role = role(value);
            } else if (parts[i].startsWith("token:")) {
                token = value;
            } else if (parts[i].startsWith("m=") || parts[i].startsWith("mode=")) {
                throw new StreamIdException(BAD, "a key with = behind a name: write #!::r=NAME,m=MODE");
            }
        }
        return new StreamRequest(role, request.name(), token);
    }

    /**
     * Returns the role of the spelling, of {@code m} or {@code mode} in the query, or else of the port; the first two
     * agree.
     */
    private static Role role(@Nullable Role spelled, String query, Role portRole) throws StreamIdException {
        String mode = queryValue(query, "mode");
        String asked = mode.isEmpty() ? queryValue(query, "m") : mode;
        if (asked.isEmpty()) {
            return spelled == null ? portRole : spelled;
        }
        Role role = role(asked);
        if (spelled != null && spelled != role) {
            throw new StreamIdException(BAD, "two roles: " + spelled + " and " + role);
        }
        return role;
    }

    private static Role role(String mode) throws StreamIdException {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "publish" -> Role.PUBLISH;
            case "request", "play" -> Role.PLAY;
            default -> throw new StreamIdException(SrtRejectReason.BAD_MODE, "mode " + mode + ": publish or request");
        };
    }

    private static String decoded(String text) throws StreamIdException {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.startsWith("srt://")) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            throw new StreamIdException(BAD, "percent sign without two hexadecimal digits");
        }
        throw new StreamIdException(BAD, "an address that is not srt://");
    }

    private static String beforeQuery(String text) {
        int question = text.indexOf('?');
        return question < 0 ? text : text.substring(0, question);
    }

    private static String afterQuery(String text) {
        return text.substring(Math.min(text.length(), beforeQuery(text).length() + 1));
    }

    private static String queryToken(String query) {
        return queryValue(query, "token");
    }

    private static String queryValue(String query, String key) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(key + "=")) {
                return pair.substring(key.length() + 1);
            }
        }
        return "";
    }

    private static StreamRequest checked(StreamRequest request) throws StreamIdException {
        String name = request.name().startsWith("/") ? request.name().substring(1) : request.name();
        if (name.isEmpty()) {
            throw new StreamIdException(BAD, "no name of a stream");
        }
        if (name.length() > MAX_NAME_CHARS) {
            throw new StreamIdException(BAD, "a name of " + name.length() + " characters: at most " + MAX_NAME_CHARS);
        }
        if (name.codePoints().anyMatch(StreamIds::isInvisible)) {
            throw new StreamIdException(BAD, "a name with white space, control or invisible characters");
        }
        return new StreamRequest(request.role(), name, request.token());
    }

    /** Also zero-width and bidirectional characters: they make two names look alike. */
    private static boolean isInvisible(int c) {
        return Character.isISOControl(c)
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE
                || c == 0xFFFD;
    }
}
