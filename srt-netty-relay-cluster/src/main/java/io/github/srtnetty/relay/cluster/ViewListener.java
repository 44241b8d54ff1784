// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.util.List;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.MergeEvent;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;
import org.infinispan.remoting.transport.Address;

/** Receives the views of one run of the engine; public because the engine calls it. */
@Listener
public final class ViewListener {
    private final Members members;
    private final Runnable outvoted;
    private boolean begun;
    private boolean ended;

    /** @param outvoted is called after a merge in which this node was not in the part whose copies hold */
    ViewListener(Members members, Runnable outvoted) {
        this.members = members;
        this.outvoted = outvoted;
    }

    /** Takes the first view, unless a newer one was faster. */
    synchronized void begin(List<Address> addresses, Address self) {
        if (!begun) {
            update(addresses, self);
        }
    }

    /** Takes a view over. */
    @ViewChanged
    public synchronized void viewChanged(ViewChangedEvent event) {
        update(event.getNewMembers(), event.getLocalAddress());
    }

    /** Takes the view of a merge. */
    @Merged
    public synchronized void merged(MergeEvent event) {
        update(event.getNewMembers(), event.getLocalAddress());
        if (!ended
                && MergedParts.isOutvoted(event.getLocalAddress(), event.getSubgroupsMerged(), event.getNewMembers())) {
            outvoted.run();
        }
    }

    /** Ignores all views from now on. */
    synchronized void end() {
        ended = true;
    }

    private void update(List<Address> addresses, Address self) {
        begun = true;
        if (!ended) {
            members.update(addresses, self);
        }
    }
}
