// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.streamid;

import io.github.srtnetty.bootstrap.SrtStreamId;
import io.github.srtnetty.bootstrap.SrtSyntaxException;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.PercentText;
import io.github.srtnetty.libsrt.SrtRejectReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream ids of all relays that are in use, so that every client works unchanged. {@link #SPELLINGS} is the
 * table: the first row whose prefix fits reads the id. An id that fits no row is a bare name, and its role is the
 * port's. An id with an unclear role is rejected: otherwise a publisher could be admitted as a player, and its payloads
 * would be dropped. It only scans strings, as it runs on libsrt's receive thread.
 */
public final class StreamIds {
    public static final int MAX_NAME_CHARS = 255;

    private static final String FEEDBACK_SUFFIX = "#feedbackplay"; // appended by some players
    private static final SrtRejectReason BAD = SrtRejectReason.BAD_REQUEST;
    /** A bare name with one of these is a mistake in another spelling. */
    private static final String NOT_IN_A_BARE_NAME = ":=&;{}";

    private static final Set<String> ROLE_WORDS =
            Set.of("publish", "read", "subscribe", "play", "request", "input", "output");
    private static final int MOST_TOKEN_BYTES = 400; // the rest of 512 is for name and role

    private static final String NOT_IN_EACH_FORM =
            "cannot be sent in every form of a stream id: avoid , and & and a : followed by =";

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
            new Row("uplive.", Role.PUBLISH, StreamIds::domain), // srt-live-server: uplive.sls.com/live/x
            new Row("live.sls.com/", Role.PLAY, StreamIds::path), // srt-live-server
            new Row("input/", Role.PUBLISH, StreamIds::path), // srt-live-server's container
            new Row("output/", Role.PLAY, StreamIds::path), // srt-live-server's container
            new Row("srt://", null, StreamIds::domain)); // OvenMediaEngine
    private static final Row BARE = new Row("", null, StreamIds::bare); // Ant Media, gosrt's /live/x, datarhei

    private StreamIds() {}

    /**
     * Reads an id. One that begins with a known prefix in percent-encoding is decoded first: some clients send it so.
     *
     * @param portRole the role of a name that comes without one
     * @throws StreamIdException with 1400 if it is invalid, 1405 for a mode or type that the relay does not serve
     */
    public static StreamRequest parse(String id, Role portRole) throws StreamIdException {
        String text = id.endsWith(FEEDBACK_SUFFIX) ? id.substring(0, id.length() - FEEDBACK_SUFFIX.length()) : id;
        Row row = row(text);
        if (row == BARE && text.indexOf('%') >= 0) {
            String decoded = PercentText.lenientlyDecoded(text);
            row = row(decoded);
            text = row == BARE ? text : decoded;
        }
        if (row == BARE && text.startsWith("#")) { // the nested form #!:{...}, or a slip of the standard one
            throw new StreamIdException(BAD, "begins with # but not with #!::");
        }
        return checked(row.syntax.read(row, text.substring(prefixLength(row, text)), portRole));
    }

    /** Returns why callers could not send a token in each form of a stream id, null where they can. */
    public static @Nullable String tokenComplaint(String token) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(token)
                || token.indexOf('\uFFFD') >= 0
                || token.indexOf('\0') >= 0) {
            return "has a character that no caller can send";
        }
        if (token.getBytes(StandardCharsets.UTF_8).length > MOST_TOKEN_BYTES) {
            return "is longer than " + MOST_TOKEN_BYTES + " bytes, too long for a stream id";
        }
        List<String> ids = List.of(
                "#!::r=x,m=publish,s=" + token,
                "publish:x:u:" + token,
                "publish:x?token=" + token,
                "publish/x/" + token,
                "x,mode:publish,token:" + token);
        for (String id : ids) {
            try {
                StreamRequest read = parse(id, Role.PLAY);
                if (read.role() != Role.PUBLISH
                        || !read.name().equals("x")
                        || !read.token().equals(token)) {
                    return NOT_IN_EACH_FORM;
                }
            } catch (StreamIdException e) {
                return NOT_IN_EACH_FORM;
            }
        }
        return null;
    }

    private static Row row(String text) {
        for (Row row : SPELLINGS) {
            if (prefixLength(row, text) > 0) {
                return row;
            }
        }
        return BARE;
    }

    /** Returns the length of the row's prefix, and of a slash before it; 0 where the text begins otherwise. */
    private static int prefixLength(Row row, String text) {
        int start = text.startsWith("/") ? 1 : 0;
        return text.regionMatches(true, start, row.prefix, 0, row.prefix.length()) && row != BARE
                ? start + row.prefix.length()
                : 0;
    }

    /** Reads {@code m=publish,r=name,u=user,s=token}; SRS 4 has {@code h=app/name}; other keys ignored. */
    private static StreamRequest standard(Row row, String rest, Role portRole) throws StreamIdException {
        SrtStreamId id;
        try {
            id = SrtStreamId.parse(row.prefix + rest);
        } catch (SrtSyntaxException e) {
            throw new StreamIdException(BAD, String.valueOf(e.getMessage())); // with the position, without the id
        }
        StreamIdQuery keys = StreamIdQuery.of(id.values());
        String type = keys.get("t");
        if (type != null && !type.strip().equalsIgnoreCase("stream")) {
            throw new StreamIdException(
                    SrtRejectReason.BAD_MODE, "type " + StreamIdQuery.shown(type) + ": only stream is served");
        }
        String resource = resource(keys);
        StreamIdQuery query = StreamIdQuery.parse(afterQuery(resource));
        Role role = StreamIdQuery.agreed(keys.role(), query.role());
        String name = beforeQuery(resource);
        if (role == null) {
            requireNoSlip(name);
        }
        return new StreamRequest(
                role == null ? Role.PLAY : role,
                name,
                either(keys.token(), query.token()),
                either(keys.user(), query.user()));
    }

    private static String resource(StreamIdQuery keys) throws StreamIdException {
        String resource = keys.get("r");
        if (resource != null) {
            return resource;
        }
        String host = keys.get("h");
        int slash = host == null ? -1 : beforeQuery(host).indexOf('/');
        if (host == null || slash < 0) {
            throw new StreamIdException(BAD, "the key r with the stream name is missing");
        }
        boolean hasDomain = host.lastIndexOf('.', slash) >= 0 && host.indexOf('/', slash + 1) >= 0;
        return hasDomain ? host.substring(slash + 1) : host;
    }

    /** Reads {@code name[:user:password][:query]} or {@code name[?token=x]}; a password may have colons. */
    private static StreamRequest colons(Row row, String rest, Role portRole) throws StreamIdException {
        int end = indexOfAny(rest, ":?");
        String name = rest.substring(0, end);
        String tail = rest.substring(Math.min(rest.length(), end + 1));
        int colon = tail.indexOf(':');
        boolean isQuery = colon < 0 || rest.charAt(end) == '?' || tail.lastIndexOf('=', colon) >= 0;
        String user = "";
        String password = "";
        String query = tail;
        if (!isQuery) {
            int last = tail.lastIndexOf(':');
            boolean hasQuery = last > colon && tail.indexOf('=', last) >= 0;
            user = tail.substring(0, colon);
            password = tail.substring(colon + 1, hasQuery ? last : tail.length());
            query = hasQuery ? tail.substring(last + 1) : "";
        }
        StreamIdQuery keys = StreamIdQuery.parse(query);
        Role role = role(row, keys, name, portRole);
        return isQuery
                ? new StreamRequest(role, name, keys.token(), keys.user())
                : new StreamRequest(role, name, password, user);
    }

    /** Reads {@code name[/token]} or {@code name[?token=x]}. */
    private static StreamRequest slashes(Row row, String rest, Role portRole) throws StreamIdException {
        int end = indexOfAny(rest, "/?");
        if (rest.startsWith("?", end)) {
            return path(row, rest, portRole);
        }
        String token = rest.substring(Math.min(rest.length(), end + 1));
        return new StreamRequest(row.role == null ? portRole : row.role, rest.substring(0, end), token);
    }

    /** Reads {@code app/name[?token=x]}. */
    private static StreamRequest path(Row row, String rest, Role portRole) throws StreamIdException {
        StreamIdQuery query = StreamIdQuery.parse(afterQuery(rest));
        String name = beforeQuery(rest);
        return new StreamRequest(role(row, query, name, portRole), name, query.token(), query.user());
    }

    /** Reads {@code host:port/app/name[?token=x]}. */
    private static StreamRequest domain(Row row, String rest, Role portRole) throws StreamIdException {
        int slash = rest.indexOf('/');
        if (slash < 0) {
            throw new StreamIdException(BAD, "an address without a path");
        }
        return path(row, rest.substring(slash + 1), portRole);
    }

    /** Reads {@code name[?token=x]} or {@code name,mode:publish,token:x}. */
    private static StreamRequest bare(Row row, String rest, Role portRole) throws StreamIdException {
        int end = indexOfAny(rest, ",");
        String start = rest.substring(0, end);
        String tail = rest.substring(Math.min(rest.length(), end + 1));
        if (StreamIdQuery.parse(tail, ",", '=').role() != null) {
            throw new StreamIdException(BAD, "a key with = after a name: write #!::r=NAME,m=MODE");
        }
        StreamIdQuery keys = StreamIdQuery.parse(tail, ",", ':');
        StreamIdQuery query = StreamIdQuery.parse(afterQuery(start));
        String name = beforeQuery(start);
        Role spelled = StreamIdQuery.agreed(keys.role(), query.role());
        Role role = role(new Row("", spelled, row.syntax), query, name, portRole);
        return new StreamRequest(role, name, either(keys.token(), query.token()), either(keys.user(), query.user()));
    }

    private static String either(String first, String second) {
        return first.isEmpty() ? second : first;
    }

    /**
     * Returns the role of the spelling, of {@code m} or {@code mode} in the query, or else of the port; the first two
     * agree.
     */
    private static Role role(Row row, StreamIdQuery query, String name, Role portRole) throws StreamIdException {
        Role role = StreamIdQuery.agreed(row.role, query.role());
        if (role != null) {
            return role;
        }
        requireNoSlip(name);
        return portRole;
    }

    /** Rejects a name without a role that looks as if it should have one. */
    private static void requireNoSlip(String name) throws StreamIdException {
        String decoded = PercentText.lenientlyDecoded(name);
        if (name.indexOf('%') >= 0 && decoded.equals(name)) {
            throw new StreamIdException(BAD, "no role, and a name with a % that encodes nothing");
        }
        int slip = indexOfAny(decoded, NOT_IN_A_BARE_NAME);
        if (slip < decoded.length()) {
            throw new StreamIdException(
                    BAD, "no role, and a name with " + decoded.charAt(slip) + ": write publish:NAME or read:NAME");
        }
        if (ROLE_WORDS.contains(decoded.replaceFirst("^/", "").toLowerCase(Locale.ROOT))) {
            throw new StreamIdException(BAD, "a role without a name: write publish:NAME or read:NAME");
        }
    }

    private static String beforeQuery(String text) {
        return text.substring(0, indexOfAny(text, "?"));
    }

    private static String afterQuery(String text) {
        return text.substring(Math.min(text.length(), indexOfAny(text, "?") + 1));
    }

    /** Returns the index of the first of some characters, the length where there is none. */
    private static int indexOfAny(String text, String characters) {
        int index = 0;
        while (index < text.length() && characters.indexOf(text.charAt(index)) < 0) {
            index++;
        }
        return index;
    }

    private static StreamRequest checked(StreamRequest request) throws StreamIdException {
        String name = request.name().startsWith("/") ? request.name().substring(1) : request.name();
        if (name.isEmpty()) {
            throw new StreamIdException(BAD, "no stream name");
        }
        if (name.length() > MAX_NAME_CHARS) {
            throw new StreamIdException(BAD, "a name of " + name.length() + " characters: at most " + MAX_NAME_CHARS);
        }
        if (name.codePoints().anyMatch(StreamIds::isInvisible)) {
            throw new StreamIdException(BAD, "a name with white space, control or invisible characters");
        }
        if (StreamIdQuery.hasToken(PercentText.lenientlyDecoded(name))) { // names are logged and shown on pages
            throw new StreamIdException(BAD, "a token in the name: write NAME?token=TOKEN");
        }
        return new StreamRequest(request.role(), name, request.token(), request.user());
    }

    /**
     * Returns whether a character is invisible, including zero-width and bidirectional ones, which make two names
     * look alike.
     */
    private static boolean isInvisible(int c) {
        return Character.isISOControl(c)
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || PeerText.isInvisible(c)
                || c == 0xFFFD;
    }
}
