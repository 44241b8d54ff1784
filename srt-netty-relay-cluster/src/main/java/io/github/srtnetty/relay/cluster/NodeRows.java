// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.NodeReport;
import java.util.List;
import java.util.stream.Collectors;
import org.infinispan.Cache;
import org.infinispan.container.entries.InternalCacheEntry;
import org.jspecify.annotations.Nullable;

/** The rows of the nodes: this node repeats its own, and reads the rows of others from memory. */
final class NodeRows {
    private final Engine engine;
    private final Members members;
    private volatile @Nullable NodeReport own;

    NodeRows(Engine engine) {
        this.engine = engine;
        this.members = engine.members();
    }

    void report(NodeReport newest) {
        own = newest;
    }

    /** Sends this node's row; a row that is lost is followed by the next one. */
    void state() {
        NodeReport newest = own;
        Cache<String, String> cache = engine.nodes();
        if (newest != null && cache != null) {
            cache.putAsync(members.view().self(), ReportText.of(newest));
        }
    }

    /** Returns the nodes by name. */
    List<DirectoryNode> nodes() {
        Members.View view = members.view();
        return view.byNode().values().stream()
                .map(member -> node(member, view))
                .collect(Collectors.toUnmodifiableList());
    }

    private DirectoryNode node(Members.Member member, Members.View view) {
        boolean self = member.id().equals(view.self());
        return new DirectoryNode(
                member.node(), self, view.isCoordinator(member.id()), member.since(), self ? own : row(member.id()));
    }

    private @Nullable NodeReport row(String id) {
        Cache<String, String> cache = engine.nodes();
        if (cache == null) {
            return null;
        }
        InternalCacheEntry<String, String> entry =
                cache.getAdvancedCache().getDataContainer().peek(id);
        return entry == null ? null : ReportText.parse(entry.getValue());
    }
}
