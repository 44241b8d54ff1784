// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.outgoing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/**
 * The address of a server that the configuration names.
 *
 * @param uri {@code http} or {@code https}, without a user
 * @param allowPrivate whether it may be on a private network or on this machine
 */
public record Target(URI uri, boolean allowPrivate) {
    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException with the reason, without the address
     */
    public static URI parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not an address such as https://example.org/auth", e);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("must begin with http:// or https:// and a host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must have no user and no fragment");
        }
        return uri;
    }

    /** Returns whether the traffic is unencrypted. */
    public boolean isClear() {
        return "http".equalsIgnoreCase(uri.getScheme());
    }

    /**
     * Resolves the host and checks its addresses. May block. The JDK's client resolves it again, so a change of the
     * name in between is not detected.
     *
     * @throws IOException where the host is unknown, or is not public and must be
     */
    public void check() throws IOException {
        if (allowPrivate) {
            return;
        }
        String host = uri.getHost();
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("the host " + host + " is unknown", e);
        }
        for (InetAddress address : addresses) {
            if (!Networks.isPublic(address)) {
                throw new IOException("the host " + host + " is on a private network: set allowPrivate");
            }
        }
    }
}
