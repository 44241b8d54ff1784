// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClusterSettings;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The protocols under the engine, as the XML that JGroups reads. TCP only: no packet goes to a multicast address. Keys
 * are not in it, because the engine logs it and prints it in its errors.
 */
final class StackXml {
    /** Offset of the port for watching neighbours from the port for messages; fixed, so a firewall can open both. */
    private static final int WATCH_PORT_OFFSET = 100;
    /** Further ports to try if that one is taken. */
    private static final int WATCH_PORT_RANGE = 20;

    private static final int HIGHEST_PORT = 65_535;

    private StackXml() {}

    static String of(ClusterSettings settings, ClusterPolicy policy, List<String> knownHosts) {
        return String.join(
                "\n",
                "<config xmlns=\"urn:org:jgroups\">",
                transport(settings.bind()),
                "<RED/>",
                discovery(settings, knownHosts),
                "<MERGE3 min_interval=\"" + policy.mergeMin().toMillis() + "\" max_interval=\""
                        + policy.mergeMax().toMillis() + "\" check_interval=\""
                        + policy.mergeCheck().toMillis() + "\"/>",
                watch(settings.bind()),
                "<FD_ALL3 timeout=\"" + policy.silence().toMillis() + "\" interval=\""
                        + policy.heartbeat().toMillis() + "\"/>",
                "<VERIFY_SUSPECT2 timeout=\"" + policy.verify().toMillis() + "\"/>",
                "<pbcast.NAKACK2 use_mcast_xmit=\"false\" xmit_interval=\"200\" resend_last_seqno=\"true\""
                        + " xmit_table_num_rows=\"50\" xmit_table_msgs_per_row=\"1024\"/>",
                "<UNICAST3 xmit_interval=\"200\" conn_close_timeout=\"5000\" xmit_table_num_rows=\"50\""
                        + " xmit_table_msgs_per_row=\"1024\"/>",
                "<pbcast.STABLE desired_avg_gossip=\"5000\" max_bytes=\"1M\"/>",
                "<pbcast.GMS print_local_addr=\"false\" join_timeout=\""
                        + policy.join().toMillis() + "\" merge_timeout=\""
                        + policy.merge().toMillis() + "\"/>",
                "<UFC max_credits=\"4m\" min_threshold=\"0.40\"/>",
                "<MFC max_credits=\"4m\" min_threshold=\"0.40\"/>",
                "<FRAG4 frag_size=\"60k\"/>",
                "</config>");
    }

    /**
     * Returns the transport: without no-delay, the larger buffer and this bundler a change takes 15 ms instead of 1.
     */
    private static String transport(InetSocketAddress bind) {
        return "<TCP bind_addr=\"" + host(bind) + "\" bind_port=\"" + bind.getPort() + "\" port_range=\"0\""
                + " diag.enabled=\"false\" thread_naming_pattern=\"pl\""
                + " tcp_nodelay=\"true\" send_buf_size=\"640k\" bundler_type=\"transfer-queue\""
                + " bundler.max_size=\"64k\""
                + " sock_conn_timeout=\"300\" peer_addr_read_timeout=\"1000\" log_accept_error=\"false\""
                + " thread_pool.min_threads=\"0\" thread_pool.max_threads=\"200\""
                + " thread_pool.keep_alive_time=\"60000\"/>";
    }

    private static String discovery(ClusterSettings settings, List<String> knownHosts) {
        if (!settings.dns().isEmpty()) {
            return "<dns.DNS_PING dns_query=\"" + settings.dns()
                    + "\" dns_record_type=\"A\" num_discovery_runs=\"3\"/>";
        }
        Set<String> seeds = new LinkedHashSet<>();
        settings.join().forEach(seed -> seeds.add(Seed.parse(seed).forEngine()));
        if (seeds.isEmpty()) {
            seeds.add(host(settings.bind()) + "[" + settings.bind().getPort() + "]");
        }
        seeds.addAll(knownHosts);
        return "<TCPPING initial_hosts=\"" + String.join(",", seeds) + "\" port_range=\"0\" num_discovery_runs=\"1\"/>";
    }

    /**
     * Returns FD_SOCK, and not FD_SOCK2, which cannot do TLS. It detects the death of a neighbour by the end of a
     * connection.
     */
    private static String watch(InetSocketAddress bind) {
        int port = bind.getPort() + WATCH_PORT_OFFSET;
        boolean fits = port + WATCH_PORT_RANGE <= HIGHEST_PORT;
        return "<FD_SOCK bind_addr=\"" + host(bind) + "\" start_port=\"" + (fits ? port : 0) + "\" port_range=\""
                + WATCH_PORT_RANGE + "\" sock_conn_timeout=\"1000\" suspect_msg_interval=\"1000\"/>";
    }

    private static String host(InetSocketAddress address) {
        return address.getAddress().getHostAddress();
    }
}
