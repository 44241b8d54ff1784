// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.examples.cli.NamedFiles;
import io.github.srtnetty.examples.cli.SecretMask;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.libsrt.PercentText;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Creates sources and sinks from addresses: {@code srt://}, {@code udp://}, {@code file://}, a path, {@code -}. */
public final class Media {
    private static final String SRT = "srt://";
    private static final String FILE = "file://";

    private Media() {}

    /**
     * Creates the source that an address names, not opened yet.
     *
     * @throws IllegalArgumentException when it is no address, in one line
     */
    public static MediaSource source(String address, Loops loops, MediaOptions options) {
        if (isSrt(address)) {
            return new SrtSource(SrtUri.parse(address), loops.srt(), options);
        }
        if (isUdp(address)) {
            return new UdpSource(UdpAddressParser.parse(address), loops.udp());
        }
        return new FileSource(input(address), options);
    }

    /**
     * Creates the sink that an address names, not opened yet.
     *
     * @throws IllegalArgumentException when it is no address, in one line
     */
    public static MediaSink sink(String address, Loops loops, MediaOptions options) {
        if (isSrt(address)) {
            return new SrtSink(SrtUri.parse(address), loops.srt(), options);
        }
        if (isUdp(address)) {
            UdpAddress udp = UdpAddressParser.parse(address);
            if (udp.host().isEmpty()) {
                throw new IllegalArgumentException(shown(address) + ": has no host to send to");
            }
            return new UdpSink(udp, loops.udp());
        }
        return new OutputStreamSink(output(address));
    }

    /** Returns whether the address is standard input; a path such as {@code /dev/stdin} is, too. */
    public static boolean isStandardInput(String address) {
        return isFile(address) && input(address) == null;
    }

    /** Returns whether the address is standard output; a path such as {@code /dev/stdout} is, too. */
    public static boolean isStandardOutput(String address) {
        return isFile(address) && output(address) == null;
    }

    /**
     * Adds the file that an address names, if it is one, to those that are read.
     *
     * @throws IllegalArgumentException when it is written, too, or is no address, in one line
     */
    public static void addInput(String address, NamedFiles files) {
        if (isFile(address)) {
            files.reads(input(address));
        }
    }

    /**
     * Adds the file that an address names, if it is one, to those that are written.
     *
     * @throws IllegalArgumentException when it is there already, or is no address, in one line
     */
    public static void addOutput(String address, NamedFiles files) {
        if (isFile(address)) {
            files.writes(output(address));
        }
    }

    /** Returns the address as it may be shown: on one line, without user name, passphrase and tokens. */
    public static String shown(String address) {
        return SecretMask.argument(address);
    }

    private static boolean isSrt(String address) {
        return address.regionMatches(true, 0, SRT, 0, SRT.length());
    }

    private static boolean isUdp(String address) {
        return address.regionMatches(true, 0, UdpAddress.SCHEME, 0, UdpAddress.SCHEME.length());
    }

    private static boolean isFile(String address) {
        return !isSrt(address) && !isUdp(address);
    }

    /** Returns the file to read, null for standard input. */
    private static @Nullable Path input(String address) {
        Path file = path(address);
        return file == null || StandardStreams.isInput(file) ? null : file;
    }

    /** Returns the file to write, null for standard output. */
    private static @Nullable Path output(String address) {
        Path file = path(address);
        return file == null || StandardStreams.isOutput(file) ? null : file;
    }

    private static @Nullable Path path(String address) {
        if (address.equals("-") || address.equals(FILE + "con")) {
            return null;
        }
        if (address.isEmpty()) {
            throw new IllegalArgumentException("an address is empty: must be srt://, udp://, file://, a path or -");
        }
        if (!address.startsWith(FILE)) {
            if (address.contains("://")) {
                throw new IllegalArgumentException(shown(address) + ": must start with srt://, udp:// or file://");
            }
            return FileNames.file(address);
        }
        String rest = address.substring(FILE.length());
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(shown(address) + ": names no file");
        }
        return rest.startsWith("/") ? decoded(address, rest) : FileNames.file(rest);
    }

    /** Reads the path of a URI; its bytes are those of the file's name, which must be UTF-8. */
    private static Path decoded(String address, String path) {
        int wrong = PercentText.wrongEscape(path);
        if (wrong >= 0) {
            throw new IllegalArgumentException(shown(address) + ": % must be followed by two hexadecimal digits; write"
                    + " %25 for a percent sign (position " + (FILE.length() + wrong) + ")");
        }
        try {
            return FileNames.file(PercentText.decoded(path));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(shown(address) + ": is not UTF-8", e);
        }
    }
}
