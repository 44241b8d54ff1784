// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The connections whose requests are all answered, in the order in which they became idle. On the HTTP event loop. */
final class IdleConnections {
    private final Set<Channel> idle = new LinkedHashSet<>();

    void add(Channel channel) {
        idle.add(channel);
    }

    void remove(Channel channel) {
        idle.remove(channel);
    }

    /** Closes the connection that has been idle longest, to make room; returns false where none is idle. */
    boolean closeOldest() {
        Iterator<Channel> oldest = idle.iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        Channel channel = oldest.next();
        oldest.remove();
        channel.close();
        return true;
    }
}
