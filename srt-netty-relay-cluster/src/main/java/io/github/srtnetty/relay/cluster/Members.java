// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.infinispan.remoting.transport.Address;

/**
 * The members of the newest view. Reading never waits. A member is one run of a node: its id is the name of the node
 * and a part that is new for each start, so entries of an earlier run are not valid any more.
 */
final class Members {
    private static final char SEPARATOR = '#';

    /** A member, and since when this node has seen it. */
    record Member(String id, Instant since) {
        /** Returns the name of its node. */
        String node() {
            return nodeOf(id);
        }
    }

    /**
     * The members at a time, the oldest first.
     *
     * @param self the id of this member
     */
    record View(List<Member> members, Set<String> ids, String self) {
        static View of(List<Member> members, String self) {
            return new View(
                    List.copyOf(members),
                    members.stream().map(Member::id).collect(Collectors.toUnmodifiableSet()),
                    self);
        }

        boolean has(String id) {
            return ids.contains(id);
        }

        /** Returns whether a member is the one that does the work done once for all nodes. */
        boolean isCoordinator(String id) {
            return !members.isEmpty() && members.get(0).id().equals(id);
        }

        /**
         * Returns one member of each node, by name: the later of two runs of a node, and always this run for this node.
         */
        Map<String, Member> byNode() {
            Map<String, Member> nodes = new TreeMap<>();
            for (Member member : members) {
                nodes.merge(member.node(), member, (a, b) -> a.id().equals(self) ? a : b);
            }
            return nodes;
        }
    }

    private volatile View view = View.of(List.of(), "");
    private volatile Runnable changed = () -> {};

    /** Returns the id of the member with an address of the engine. */
    static String idOf(Address address) {
        return address.getMachineId()
                + SEPARATOR
                + Long.toUnsignedString(
                        address.getMostSignificantBits() ^ address.getLeastSignificantBits(), Character.MAX_RADIX);
    }

    /** Returns the name of the node of a member. */
    static String nodeOf(String id) {
        int end = id.indexOf(SEPARATOR);
        return end < 0 ? id : id.substring(0, end);
    }

    View view() {
        return view;
    }

    /** Takes a new view over; members that stay keep their time. */
    synchronized void update(List<Address> addresses, Address self) {
        Map<String, Instant> known = view.members().stream().collect(Collectors.toMap(Member::id, Member::since));
        List<Member> members = new ArrayList<>();
        for (Address address : addresses) {
            String id = idOf(address);
            members.add(new Member(id, known.getOrDefault(id, Instant.now())));
        }
        view = View.of(members, idOf(self));
        changed.run();
    }

    /** Sets what is called after each change of the view; it must not wait. */
    void onChange(Runnable listener) {
        changed = listener;
    }
}
