// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.claim.Claims;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.monitor.CallerLog;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Decides which nodes may pull: nodes that know the secret of the cluster, and only streams whose publisher is
 * connected to this node, so no stream passes through more than two nodes. On libsrt's receive thread: reads
 * memory only.
 */
final class PullFilter implements SrtAcceptFilter {
    /** The attribute of an accepted channel. */
    static final AttributeKey<Pulled> KEY = AttributeKey.valueOf(PullFilter.class, "pulled");

    /** The stream that a node pulls. */
    record Pulled(String name, String node) {}

    private record Origin(Claims claims, CallerLog log) {}

    private final PullKeys keys;
    private volatile @Nullable Origin origin;

    PullFilter(PullKeys keys) {
        this.keys = keys;
    }

    /** Accepts nodes from now on. */
    void serve(Claims claims, CallerLog log) {
        origin = new Origin(claims, log);
    }

    @Override
    public SrtAcceptDecision decide(SrtAcceptRequest caller) {
        Origin current = origin;
        if (current == null) {
            return SrtAcceptDecision.reject(SrtRejectReason.DOWN);
        }
        PullId id = PullId.parse(caller.streamId());
        if (id == null) {
            return reject(current, caller, "stream=?", SrtRejectReason.BAD_REQUEST);
        }
        if (!id.isProven(keys)) {
            return reject(current, caller, id.toString(), SrtRejectReason.UNAUTHORIZED);
        }
        StreamEntry claim = id.name() != null ? current.claims.find(id.name()) : current.claims.findById(id.subject());
        return claim == null || claim.epoch() != id.epoch()
                ? reject(current, caller, id.toString(), SrtRejectReason.NOTFOUND)
                : SrtAcceptDecision.accept().attr(KEY, new Pulled(claim.name(), id.node()));
    }

    private static SrtAcceptDecision reject(
            Origin origin, SrtAcceptRequest caller, String asked, SrtRejectReason reason) {
        origin.log.rejected(caller.peer(), "pull " + asked, reason);
        return SrtAcceptDecision.reject(reason);
    }
}
