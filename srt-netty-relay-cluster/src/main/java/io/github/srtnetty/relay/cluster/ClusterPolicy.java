// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.time.Duration;

/**
 * The times of the cluster.
 *
 * @param join how long a starting node waits for others before it begins a cluster of its own
 * @param start how long a node may take to be accepted and to get all entries; after that it retries with twice the
 *     time
 * @param heartbeat the interval of heartbeats
 * @param silence after how long without a heartbeat a node is suspected: one that hangs or is cut off. Its names are
 *     free within 6 s; a pause of a JVM is shorter. A node that dies closes its connections, which is noticed at once
 * @param verify how long a suspected node has to answer; the names of a dead node are free after this time
 * @param answer how long a change waits for the other nodes; must be longer than {@code silence} and {@code verify}
 *     together, so that a hung node leaves the view before a claim fails
 * @param transfer how long a node that joins waits for the entries of another one: if a change of the view loses the
 *     answer, the engine itself would wait for four minutes
 * @param mergeMin the shortest time after which separated nodes look for each other
 * @param mergeMax the engine does so after half of this to one and a half of it, at random
 * @param mergeCheck how often a node looks whether it knows of another view; longer than {@code mergeMax}, and ten
 *     times as long as an answer takes
 * @param merge how long a merge waits for the other part, until it is tried anew
 * @param audit how often a node compares the entries with its claims; bounds the duration of a fault
 * @param afterView how often it does so in the seconds after a view, while nodes that joined state their claims
 * @param restate how long after a view a node rewrites its entries; by then merges have ended
 * @param restateAgain the same once more, for nodes that have joined anew after a merge
 * @param restateAtOnce how many of them it writes in each audit; this many per second cost little
 * @param recent how long a node remembers the names that it has changed: longer than a hang, or a split and its merge
 * @param report how often a node states its row
 * @param reportLife how long a row is kept: five statements
 * @param removeDead after how long the entries of a node that left are removed; readers ignore them at once
 * @param leave how long a node that leaves waits until its claims are released
 * @param sameName how long a starting node waits for the end of a predecessor with its name: {@code silence} and
 *     {@code verify} for one that hung, and a margin
 */
record ClusterPolicy(
        Duration join,
        Duration start,
        Duration heartbeat,
        Duration silence,
        Duration verify,
        Duration answer,
        Duration transfer,
        Duration mergeMin,
        Duration mergeMax,
        Duration mergeCheck,
        Duration merge,
        Duration audit,
        Duration afterView,
        Duration restate,
        Duration restateAgain,
        int restateAtOnce,
        Duration recent,
        Duration report,
        Duration reportLife,
        Duration removeDead,
        Duration leave,
        Duration sameName) {
    static final ClusterPolicy DEFAULT = new ClusterPolicy(
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofMillis(500),
            Duration.ofSeconds(8),
            Duration.ofSeconds(12),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(1500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            100,
            Duration.ofMinutes(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(8));
}
