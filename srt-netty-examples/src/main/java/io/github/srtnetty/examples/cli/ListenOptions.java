// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.PeerText;
import java.net.InetSocketAddress;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The option {@code --open} of all programs that can listen, and its rule: without a passphrase a listener is reachable
 * only from this host. An address without a host, {@code srt://:4201}, then listens on 127.0.0.1; an address of the
 * network is rejected.
 */
public final class ListenOptions {
    private static final String SCHEME = "srt://";
    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "--open",
            description =
                    "let anyone connect without a passphrase; with neither, srt://:PORT listens on 127.0.0.1 only")
    private boolean open;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Returns the address to listen on; an address that does not listen is returned unchanged.
     *
     * @throws ParameterException when the address is one of the network, and neither a passphrase nor {@code --open} is
     *     given, or when the address has a stream id
     */
    public SrtUri safe(SrtUri uri) {
        if (uri.mode() == SrtConnectionMode.LISTENER && uri.option(SrtChannelOption.SRTO_STREAMID) != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "streamid has no effect on a listener: callers send it; leave it out of the address");
        }
        if (uri.mode() != SrtConnectionMode.LISTENER || open || isProtected(uri)) {
            return uri;
        }
        InetSocketAddress at = uri.bindAddress();
        if (at.isUnresolved() || at.getAddress().isLoopbackAddress()) {
            return uri; // an unknown name is reported when it is opened
        }
        if (!uri.host().isEmpty() || !at.getAddress().isAnyLocalAddress()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "without a passphrase anybody could connect to " + PeerText.hostAndPort(at)
                            + ": add passphrase=... to the address, or --open");
        }
        System.err.println("srt-netty: no passphrase: only programs on this host can connect to port " + uri.port()
                + "; for others add passphrase=... to the address, or --open");
        return onLoopback(uri);
    }

    /** Returns whether {@code --open} is given. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Does the same as {@link #safe(SrtUri)} for an address that may be of another kind or invalid, which is checked
     * later.
     */
    public String safe(String address) {
        SrtUri uri;
        try {
            if (!address.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                return address;
            }
            uri = SrtUri.parse(address);
        } catch (IllegalArgumentException e) {
            return address;
        }
        SrtUri safe = safe(uri);
        return safe == uri ? address : safe.text();
    }

    // Encryption that is not enforced lets callers without the passphrase in.
    private static boolean isProtected(SrtUri uri) {
        String passphrase = uri.option(SrtChannelOption.SRTO_PASSPHRASE);
        return passphrase != null
                && !passphrase.isEmpty()
                && !Boolean.FALSE.equals(uri.option(SrtChannelOption.SRTO_ENFORCEDENCRYPTION));
    }

    private static SrtUri onLoopback(SrtUri uri) {
        SrtUri local = SrtUri.parse(SCHEME + LOOPBACK + ':' + uri.port() + "?mode=listener");
        for (Map.Entry<SrtChannelOption<?>, Object> option : uri.options().entrySet()) {
            local = with(local, option.getKey(), option.getValue());
        }
        return local;
    }

    private static <T> SrtUri with(SrtUri uri, SrtChannelOption<T> option, Object value) {
        return uri.with(option, option.srtOption().type().cast(value));
    }
}
