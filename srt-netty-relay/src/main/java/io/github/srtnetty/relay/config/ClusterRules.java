// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object {@code cluster} as written, with secrets by reference. It is checked as a whole only at the start,
 * because command-line options may replace parts of it. Immutable.
 *
 * @param values the values: strings, lists of strings, numbers and flags
 * @param folder where relative paths begin
 */
public record ClusterRules(Map<ClusterSetting, Object> values, Path folder) {
    private static final String PREFIX = "cluster: ";

    /** Takes a copy. */
    public ClusterRules {
        values = Map.copyOf(values);
    }

    /** Returns rules without any value. */
    public static ClusterRules empty() {
        return new ClusterRules(Map.of(), Path.of(""));
    }

    /**
     * Returns the same with another value.
     *
     * @param text the value; of a list the elements with commas between them
     * @throws IOException where it cannot be used, with the key
     */
    public ClusterRules with(String key, String text) throws IOException {
        ClusterSetting setting = ClusterSetting.byKey(key);
        if (setting == null) {
            throw wrong("unknown key " + key);
        }
        Object value = setting == ClusterSetting.JOIN ? Arrays.asList(text.split(" *, *", -1)) : text;
        String complaint = setting.complaint(value);
        if (complaint != null) {
            throw wrong(key + ": " + complaint);
        }
        Map<ClusterSetting, Object> all = new EnumMap<>(ClusterSetting.class);
        all.putAll(values);
        all.put(setting, value);
        if (setting == ClusterSetting.JOIN) {
            all.remove(ClusterSetting.DNS);
        }
        return new ClusterRules(all, folder);
    }

    /**
     * Returns the settings of the node, with its secrets. Reads files and resolves names, so it may block.
     *
     * @throws IOException in one line without secrets: what is missing, cannot be read, or is not allowed together
     */
    public ClusterSettings settings() throws IOException {
        InetSocketAddress bind = address(ClusterSetting.BIND, required(ClusterSetting.BIND), 1);
        String pullText = text(ClusterSetting.PULL);
        InetSocketAddress pull = pullText.isEmpty()
                ? new InetSocketAddress(bind.getAddress(), 0)
                : address(ClusterSetting.PULL, pullText, 0);
        boolean loopback = bind.getAddress().isLoopbackAddress();
        if (loopback != pull.getAddress().isLoopbackAddress()) {
            throw wrong("pull: must be a loopback address if bind is one, and must not be one otherwise");
        }
        List<String> join = join();
        String dns = text(ClusterSetting.DNS);
        if (join.isEmpty() == dns.isEmpty()) {
            throw wrong("needs either join (addresses of other nodes) or dns (a name that resolves to them)");
        }
        String node = text(ClusterSetting.NODE);
        ClusterSettings settings = new ClusterSettings(
                node.isEmpty() ? defaultNode(bind.getPort()) : node,
                bind,
                join,
                dns,
                secret(),
                keyStore(),
                password(),
                pull,
                onSplit(),
                expectedNodes(),
                values.get(ClusterSetting.INSECURE) == Boolean.TRUE);
        checkSafe(settings, loopback);
        return settings;
    }

    /** Returns whether a secret itself is written, not where it is. */
    boolean hasSecret() {
        return isLiteral(text(ClusterSetting.SECRET)) || isLiteral(text(ClusterSetting.KEY_STORE_PASSWORD));
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return "ClusterRules" + values.keySet();
    }

    private static void checkSafe(ClusterSettings settings, boolean loopback) throws IOException {
        if (settings.keyStore() == null && !settings.keyStorePassword().isEmpty()) {
            throw wrong("keyStorePassword: needs a keyStore");
        }
        if (settings.onSplit() == OnSplit.MAJORITY && settings.expectedNodes() < 3) {
            throw wrong("onSplit: majority needs expectedNodes of at least 3");
        }
        if (loopback) {
            return;
        }
        if (settings.secret().isEmpty()) {
            throw wrong("nodes on addresses other than loopback need a secret");
        }
        if (settings.keyStore() == null && !settings.insecure()) {
            throw wrong("nodes on addresses other than loopback need a keyStore, for mTLS between them;"
                    + " \"insecure\": true allows unencrypted links");
        }
    }

    private String secret() throws IOException {
        String text = text(ClusterSetting.SECRET);
        if (text.isEmpty()) {
            return "";
        }
        String secret = read(ClusterSetting.SECRET, text);
        String complaint = ClusterSetting.secretComplaint(secret);
        if (complaint != null) {
            throw wrong("secret: " + complaint);
        }
        return secret;
    }

    private String password() throws IOException {
        String text = text(ClusterSetting.KEY_STORE_PASSWORD);
        return text.isEmpty() ? "" : read(ClusterSetting.KEY_STORE_PASSWORD, text);
    }

    private String read(ClusterSetting setting, String text) throws IOException {
        try {
            return SecretReference.read(text, folder);
        } catch (IOException e) {
            throw wrong(setting.key() + ": " + e.getMessage());
        }
    }

    private @Nullable Path keyStore() throws IOException {
        String text = text(ClusterSetting.KEY_STORE);
        if (text.isEmpty()) {
            return null;
        }
        Path file = folder.resolve(text);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw wrong("keyStore: there is no such file, or it cannot be read: " + text);
        }
        return file;
    }

    private OnSplit onSplit() {
        return text(ClusterSetting.ON_SPLIT).equals(ClusterSetting.MAJORITY) ? OnSplit.MAJORITY : OnSplit.ACCEPT;
    }

    private int expectedNodes() {
        return (Integer) values.getOrDefault(ClusterSetting.EXPECTED_NODES, 0);
    }

    private List<String> join() {
        return values.get(ClusterSetting.JOIN) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private String text(ClusterSetting setting) {
        return (String) values.getOrDefault(setting, "");
    }

    private String required(ClusterSetting setting) throws IOException {
        String text = text(setting);
        if (text.isEmpty()) {
            throw wrong("needs " + setting.key());
        }
        return text;
    }

    private static InetSocketAddress address(ClusterSetting setting, String text, int leastPort) throws IOException {
        InetSocketAddress address;
        try {
            address = HostPort.parse(text, leastPort).resolved();
        } catch (UnknownHostException e) {
            throw wrong(setting.key() + ": " + text + ": unknown host");
        }
        if (address.getAddress().isAnyLocalAddress()) {
            throw wrong(setting.key() + ": must be one address that other nodes can reach, not all interfaces");
        }
        return address;
    }

    private static String defaultNode(int port) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "relay";
        }
        String name = host.replaceAll("[^A-Za-z0-9._-]", "-");
        return name.substring(0, Math.min(name.length(), 50)) + "-" + port;
    }

    private static boolean isLiteral(String text) {
        return !text.isEmpty() && SecretReference.literal(text) != null;
    }

    private static IOException wrong(String what) {
        return new IOException(PREFIX + what);
    }
}
