// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtUri;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** Describes a failure in one line. */
public final class Failures {
    private Failures() {}

    /** Returns what failed and why, without line breaks and without secrets. */
    public static String describe(Throwable failure) {
        String file = failure instanceof FileSystemException of ? file(of.getFile()) : "";
        return file + reason(failure);
    }

    /**
     * Returns a failure with what could not be done, such as {@code cannot write FILE}, and why; the reason names no
     * file.
     */
    public static IOException because(String what, Throwable cause) {
        return new IOException(what + ": " + reason(cause), cause);
    }

    /** Returns {@code PEER: what failed and why}; the text of the failure may already begin with the peer. */
    public static String describe(String peer, Throwable failure) {
        return peer + ": " + withoutPeer(peer, describe(failure));
    }

    /** Returns what {@link #because(String, Throwable)} does, for a {@code what} that names the peer already. */
    public static IOException because(String what, String peer, Throwable cause) {
        return new IOException(what + ": " + withoutPeer(peer, reason(cause)), cause);
    }

    /** Returns a failure with the address to which it could not connect, or on which it could not listen, and why. */
    public static IOException opening(SrtUri uri, Throwable cause) {
        String attempt = uri.mode() == SrtConnectionMode.LISTENER ? "cannot listen on " : "cannot connect to ";
        String host = uri.host().indexOf(':') >= 0 ? '[' + uri.host() + ']' : uri.host();
        String peer = host + ':' + uri.port();
        String why = reason(cause).replaceFirst("^srt_[a-z]+\\(" + Pattern.quote(peer) + "\\): ", "");
        return new IOException(attempt + peer + ": " + why, cause);
    }

    /** Returns what failed inside a future: the cause of {@code wrapper}, or itself when it has none. */
    public static Throwable cause(Throwable wrapper) {
        Throwable cause = wrapper.getCause();
        return cause != null ? cause : wrapper;
    }

    private static String withoutPeer(String peer, String text) {
        return text.startsWith(peer + ' ') ? text.substring(peer.length() + 1) : text;
    }

    // A mistyped address may look like the name of a missing file.
    private static String file(String name) {
        boolean address = name.indexOf('=') >= 0 || name.indexOf('@') >= 0;
        return (address ? SecretMask.argument(name) : name) + ": ";
    }

    private static String reason(Throwable failure) {
        String line =
                SecretMask.mask(text(failure)).replaceAll("\\s*\\R\\s*", " ").strip();
        return SecretMask.safe(line);
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof UnknownHostException) {
            return "unknown host " + (message == null ? "" : message.replaceFirst(":.*", ""));
        }
        if (failure instanceof ClosedChannelException) {
            return "the connection is closed";
        }
        if (failure instanceof FileSystemException file) {
            return text(file);
        }
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static String text(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        return failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
    }
}
