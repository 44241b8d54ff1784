// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of the object {@code cluster} of the relay's file. docs/relay-cluster.md has the same rows. */
public enum ClusterSetting {
    NODE("node", "text", "host name and port of `bind`", "name of this node, unique in the cluster"),
    BIND("bind", "HOST:PORT", "-", "TCP address at which the node listens for other nodes"),
    JOIN(
            "join",
            "list of HOST:PORT",
            "-",
            "nodes to join; they need not be running, and this node may be among them, so all nodes"
                    + " can share one list"),
    DNS(
            "dns",
            "text",
            "-",
            "instead of `join`: a DNS name with the addresses of all nodes; their port is that of `bind`"),
    SECRET(
            "secret",
            "16 characters or more",
            "none",
            "authenticates nodes that pull streams from each other; also as `file:PATH` or `env:NAME`"),
    KEY_STORE("keyStore", "path", "none", "PKCS#12 file with the node's key and the certificates that it trusts"),
    KEY_STORE_PASSWORD("keyStorePassword", "text", "none", "its password; also as `file:PATH` or `env:NAME`"),
    PULL(
            "pull",
            "HOST:PORT",
            "host of `bind`, a free port",
            "UDP address from which other nodes pull streams over SRT"),
    ON_SPLIT(
            "onSplit",
            "accept, majority",
            "accept",
            "after a split, each part accepts publishers, or only a part with more than half of `expectedNodes`"),
    EXPECTED_NODES(
            "expectedNodes", "0 to 256", "0", "number of nodes that should run; fewer are reported; 0: not known"),
    INSECURE("insecure", "true, false", "false", "allows links between nodes without mTLS beyond loopback");

    static final int MOST_NODES = 256;
    static final String ACCEPT = "accept";
    static final String MAJORITY = "majority";

    /** 128 bits in hexadecimal digits are 32 characters; half of that is no secret to be guessed either. */
    private static final int LEAST_SECRET = 16;

    private final String key;
    private final String values;
    private final String standard;
    private final String help;

    ClusterSetting(String key, String values, String standard, String help) {
        this.key = key;
        this.values = values;
        this.standard = standard;
        this.help = help;
    }

    /** Returns the setting with a key of the file, null where there is none. */
    public static @Nullable ClusterSetting byKey(String key) {
        for (ClusterSetting setting : values()) {
            if (setting.key.equals(key)) {
                return setting;
            }
        }
        return null;
    }

    public String key() {
        return key;
    }

    /** Returns what is wrong with a value of the right type, without a secret; null where nothing is. */
    @Nullable
    String complaint(Object value) {
        return switch (this) {
            case NODE -> matches(value, "[A-Za-z0-9._-]{1,64}", "must have 1 to 64 letters, digits and . _ -");
            case DNS -> matches(value, "[A-Za-z0-9._-]{1,253}", "must be a name of the DNS");
            case BIND -> address((String) value, 1);
            case PULL -> address((String) value, 0);
            case JOIN -> addresses((List<?>) value);
            case SECRET -> secret((String) value);
            case KEY_STORE_PASSWORD -> password((String) value);
            case KEY_STORE -> path((String) value);
            case ON_SPLIT ->
                List.of(ACCEPT, MAJORITY).contains(value) ? null : "must be one of " + ACCEPT + ", " + MAJORITY;
            case EXPECTED_NODES ->
                (Integer) value >= 0 && (Integer) value <= MOST_NODES ? null : "must be from 0 to " + MOST_NODES;
            case INSECURE -> null;
        };
    }

    /** Returns what is wrong with a secret that was read, null where nothing is. */
    static @Nullable String secretComplaint(String secret) {
        String complaint = Secrets.contentComplaint(secret);
        if (complaint != null) {
            return complaint;
        }
        return secret.length() < LEAST_SECRET ? "must have at least " + LEAST_SECRET + " characters" : null;
    }

    /** Returns the row of this setting in docs/relay-cluster.md. */
    public String documentation() {
        return "| `" + key + "` | " + values + " | " + standard + " | " + help + " |";
    }

    private static @Nullable String matches(Object value, String pattern, String otherwise) {
        return ((String) value).matches(pattern) ? null : otherwise;
    }

    private static @Nullable String address(String text, int leastPort) {
        try {
            HostPort.parse(text, leastPort);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static @Nullable String addresses(List<?> texts) {
        if (texts.isEmpty() || texts.size() > MOST_NODES) {
            return "must have 1 to " + MOST_NODES + " addresses";
        }
        for (Object text : texts) {
            String complaint = address((String) text, 1);
            if (complaint != null) {
                return text + ": " + complaint;
            }
        }
        return null;
    }

    private static @Nullable String secret(String text) {
        String literal = SecretReference.literal(text);
        return literal == null ? null : secretComplaint(literal);
    }

    private static @Nullable String password(String text) {
        String literal = SecretReference.literal(text);
        return literal == null ? null : Secrets.contentComplaint(literal);
    }

    private static @Nullable String path(String text) {
        try {
            return text.isEmpty() || Path.of(text).getFileName() == null ? "names no file" : null;
        } catch (InvalidPathException e) {
            return "is not a path";
        }
    }
}
