// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamIdException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rights of callers without token and passphrase under a configuration, and the addresses that are acceptable. */
public final class Exposure {
    private static final int MAX_NAMES = 5;
    private static final String ANY_STREAM = "any stream";
    private static final String UNLISTED = "any stream that is not listed";

    private final RelayRules config;

    public Exposure(RelayRules config) {
        this.config = config;
    }

    /**
     * Checks that a listener offers strangers only what was opened on purpose.
     *
     * @param listener an address of {@code --listen}
     * @param local what it binds
     * @throws IOException in one line with the reason and the remedies
     */
    public void check(SrtUri listener, InetSocketAddress local) throws IOException {
        if (config.isOpen() || local.getAddress().isLoopbackAddress()) {
            return;
        }
        String where = "cannot listen on " + PeerText.hostAndPort(local) + ": ";
        String idless = config.defaultStreamIds().get(listener.port());
        if (idless != null && local.getAddress().isAnyLocalAddress()) {
            throw new IOException(where + "defaultStreamIds admits callers of this port without a stream id; bind"
                    + " it to one address, such as srt://192.0.2.1:" + local.getPort()
                    + "?mode=listener, or allow it with \"open\": true or --open");
        }
        for (Role role : Role.values()) {
            String free = free(role);
            if (free != null && !needsPassphrase(listener)) {
                String first = free.equals(UNLISTED) ? "\"unlistedStreams\": \"reject\" or " : "";
                throw new IOException(where + "anybody could " + role + ' ' + free + "; set " + first + role
                        + "Token, listen on 127.0.0.1, or allow it with \"open\": true or --open");
            }
        }
    }

    /** Returns lines for the log: who may publish and play what, and what ids replace a missing one. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (Role role : Role.values()) {
            String free = free(role);
            lines.add(
                    free == null
                            ? role + "ing a stream needs " + needed(role)
                            : "anybody may " + role + ' ' + free + ": no token and no passphrase is set");
        }
        config.defaultStreamIds()
                .forEach((port, id) -> lines.add("callers of port " + port + " need no stream id: " + asked(port)));
        return lines;
    }

    /** Returns lines of advice for the log: listed streams whose name alone makes libsrt check the passphrase. */
    public List<String> advice() {
        List<String> names = config.streams().keySet().stream()
                .filter(name -> config.passphrase(name) != null)
                .filter(name -> needsNoToken(name, Role.PUBLISH) || needsNoToken(name, Role.PLAY))
                .sorted()
                .toList();
        return names.isEmpty()
                ? List.of()
                : List.of("a passphrase without tokens protects " + list(names)
                        + ": add tokens, so that libsrt allocates no memory for strangers before it checks the key");
    }

    /** Returns the address that a listener binds, with its name resolved. */
    public static InetSocketAddress local(SrtUri listener) throws UnknownHostException {
        InetSocketAddress address = listener.bindAddress();
        return address.isUnresolved()
                ? new InetSocketAddress(InetAddress.getByName(address.getHostString()), address.getPort())
                : address;
    }

    /** Returns how a caller in a role may prove its right to a stream. */
    private String needed(Role role) {
        String proof = config.auth().needsJwt(role) ? "its token or a JSON Web Token" : "its token or passphrase";
        if (!config.auth().asksHook(role)) {
            return proof;
        }
        String hook = "the permission of the hook";
        return config.auth().needsJwt(role) ? proof + ", and " + hook : hook + ", and " + proof + " where it has one";
    }

    /** Returns which streams need neither token nor passphrase, null where none. */
    private @Nullable String free(Role role) {
        if (config.is(RelaySetting.UNLISTED_STREAMS, "allow") && config.letsAnybody(role)) {
            return config.streams().isEmpty() ? ANY_STREAM : UNLISTED;
        }
        List<String> names = config.streams().keySet().stream()
                .filter(name -> config.letsAnybody(role, name))
                .sorted()
                .toList();
        return names.isEmpty() ? null : list(names);
    }

    private boolean needsNoToken(String name, Role role) {
        return config.token(name, role).isEmpty() && !config.auth().covers(role);
    }

    private String asked(int port) {
        try {
            return config.request("", port).toString();
        } catch (StreamIdException e) {
            return "rejected, " + e.getMessage();
        }
    }

    private static boolean needsPassphrase(SrtUri listener) {
        String passphrase = listener.option(SrtChannelOption.SRTO_PASSPHRASE);
        return passphrase != null
                && !passphrase.isEmpty()
                && !Boolean.FALSE.equals(listener.option(SrtChannelOption.SRTO_ENFORCEDENCRYPTION));
    }

    private static String list(List<String> names) {
        String first = PeerText.printable(String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size()))));
        return "stream " + first + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "");
    }
}
