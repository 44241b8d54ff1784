// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;

/** Takes the views of the engine over; the engine calls it, which needs a public class. */
@Listener
public final class ViewListener {
    private final Members members;

    ViewListener(Members members) {
        this.members = members;
    }

    /** Takes a view over, after a merge, too. */
    @ViewChanged
    @Merged
    public void viewChanged(ViewChangedEvent event) {
        members.update(event.getNewMembers(), event.getLocalAddress());
    }
}
