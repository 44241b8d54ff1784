// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.libsrt.PeerText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        if (address.startsWith(UdpAddress.SCHEME)) {
            return new UdpSource(UdpAddress.parse(address), loops.udp());
        }
        return new FileSource(path(address), options);
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
        if (address.startsWith(UdpAddress.SCHEME)) {
            UdpAddress udp = UdpAddress.parse(address);
            if (udp.host().isEmpty()) {
                throw new IllegalArgumentException(address + ": has no host to send to");
            }
            return new UdpSink(udp, loops.udp());
        }
        return new OutputStreamSink(path(address));
    }

    /** Returns whether the address is standard input, or output. */
    public static boolean isStandardStream(String address) {
        return address.equals("-") || address.equals(FILE + "con");
    }

    /**
     * Returns the addresses, among which no file is twice: writing would destroy or mix it up.
     *
     * @throws IllegalArgumentException when one is, or is no address, in one line
     */
    public static List<String> differentFiles(List<String> addresses) {
        for (int i = 0; i < addresses.size(); i++) {
            for (String other : addresses.subList(0, i)) {
                if (isFile(addresses.get(i)) && isFile(other) && isSame(path(addresses.get(i)), path(other))) {
                    throw new IllegalArgumentException(other + ": is named twice");
                }
            }
        }
        return addresses;
    }

    private static boolean isSame(@Nullable Path file, @Nullable Path other) {
        if (file == null || other == null) {
            return false;
        }
        if (!Files.exists(file)) {
            return file.equals(other);
        }
        try {
            return Files.isRegularFile(file) && Files.exists(other) && Files.isSameFile(file, other);
        } catch (IOException e) {
            return false; // opening it fails with the reason
        }
    }

    /** Returns the address as it may be shown: on one line, without user name, passphrase and tokens. */
    public static String shown(String address) {
        if (isSrt(address)) {
            return SrtUri.masked(address);
        }
        return PeerText.printable(address.replaceAll("://[^/?@]*:[^/?@]*@", "://***@")
                .replaceAll("(?i)([?&][^=&]*(?:pass|secret|token)[^=&]*=)[^&]*", "$1***"));
    }

    private static boolean isSrt(String address) {
        return address.regionMatches(true, 0, SRT, 0, SRT.length());
    }

    private static boolean isFile(String address) {
        return !isSrt(address) && !address.startsWith(UdpAddress.SCHEME);
    }

    private static @Nullable Path path(String address) {
        if (isStandardStream(address)) {
            return null;
        }
        if (address.isEmpty()) {
            throw new IllegalArgumentException("an address is empty: must be srt://, udp://, file://, a path or -");
        }
        if (!address.startsWith(FILE)) {
            if (address.contains("://")) {
                throw new IllegalArgumentException(shown(address) + ": must start with srt://, udp:// or file://");
            }
            return Path.of(address);
        }
        String rest = address.substring(FILE.length());
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(shown(address) + ": names no file");
        }
        return rest.startsWith("/") && rest.indexOf('%') >= 0 ? Path.of(URI.create(address)) : Path.of(rest);
    }
}
