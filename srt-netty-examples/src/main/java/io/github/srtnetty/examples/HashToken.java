// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.relay.RelayConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code srt-netty hash-token}: the hash of a token for the relay's control API, or for a stream. */
@Command(
        name = "hash-token",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Read a token from standard input and print its salted hash, for api.tokens in the"
                    + " relay's configuration.",
            "To create a token: openssl rand -hex 16 > token"
        },
        footer = {"%nExamples:", "  srt-netty hash-token < token", "  srt-netty hash-token --stream < token"})
final class HashToken implements Callable<Integer> {
    @Option(
            names = "--stream",
            description = "print the hash for publishToken and playToken instead; the relay compares it for each"
                    + " caller, so it is fast to compute")
    private boolean stream;

    @Override
    public Integer call() throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String token = input.readLine();
        if (token == null) {
            throw new IOException("standard input has no token");
        }
        try {
            System.out.println(stream ? RelayConfig.streamHashOf(token) : RelayConfig.hashOf(token));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return 0;
    }
}
