// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Searches what tests have logged for the secrets that they use: those of {@link TestSecrets}, and the passphrases in
 * their sources.
 */
public final class SecretSearch {
    /**
     * A passphrase as an option of a channel, as a parameter of an address, or as a constant. Shorter ones are refused
     * anyhow.
     */
    private static final Pattern IN_SOURCE = Pattern.compile(
            "PASSPHRASE, \"([^\"]{10,79})\"|passphrase=([^&\"\\s#*]{10,79})|SECRET = \"([^\"]{10,79})\"");

    private static final Pattern LETTER = Pattern.compile("[A-Za-z]");

    private final Set<String> secrets = new TreeSet<>(Set.of(TestSecrets.MARK));

    /** Adds the passphrases in the Java files below {@code folder}; none where there is no such folder. */
    public SecretSearch withSecretsOf(Path folder) throws IOException {
        for (Path file : filesBelow(folder, ".java")) {
            Matcher found = IN_SOURCE.matcher(Files.readString(file));
            while (found.find()) {
                for (int group = 1; group <= found.groupCount(); group++) {
                    add(found.group(group));
                }
            }
        }
        return this;
    }

    private void add(String secret) {
        if (secret != null && LETTER.matcher(secret).find()) {
            secrets.add(secret);
            secrets.add(decoded(secret));
        }
    }

    private static String decoded(String secret) {
        try {
            return URLDecoder.decode(secret, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return secret; // a test of a broken address
        }
    }

    /** Returns the secrets that are searched for. */
    public Set<String> secrets() {
        return secrets;
    }

    /**
     * Returns each line with a secret in the files below {@code folder} whose names end with {@code suffix}: file,
     * number, secret.
     */
    public List<String> find(Path folder, String suffix) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : filesBelow(folder, suffix)) {
            String[] lines = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).split("\n");
            for (int i = 0; i < lines.length; i++) {
                for (String secret : secrets) {
                    if (lines[i].contains(secret)) {
                        found.add(file + ":" + (i + 1) + ": " + secret);
                    }
                }
            }
        }
        return found;
    }

    private static List<Path> filesBelow(Path folder, String suffix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }
}
