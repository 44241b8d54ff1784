// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSearchTest {
    @TempDir
    Path folder;

    @Test
    void findsASecretInALog_andSaysWhere() throws Exception {
        Path log = folder.resolve("some.Test-output.txt");
        Files.writeString(log, "connected\nfailed: passphrase=" + TestSecrets.PASSPHRASE + " is wrong\n");
        Files.writeString(folder.resolve("other.Test-output.txt"), "passphrase=***\n");
        Files.writeString(folder.resolve("source.java"), TestSecrets.TOKEN);

        assertThat(new SecretSearch().find(folder, "-output.txt")).isEqualTo(List.of(log + ":2: " + TestSecrets.MARK));
    }

    @Test
    void findsThePassphrasesOfSources_asTheyAreWritten_andDecoded() throws Exception {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        String quote = "\"";
        Files.writeString(
                sources.resolve("A.java"),
                "b.option(SRTO_PASSPHRASE, " + quote + "words of " + "one" + quote + ");\n"
                        + "parse(" + quote + "srt://h:1?passphrase" + "=more%20words+still&latency=1" + quote + ")\n"
                        + "parse(" + quote + "srt://h:1?passphrase" + "=***" + quote + ")\n");
        Files.writeString(folder.resolve("a-output.txt"), "x words of one y\nmore words still\n\u00e9 ***\n");

        SecretSearch search = new SecretSearch().withSecretsOf(sources).withSecretsOf(folder.resolve("none"));

        assertThat(search.secrets())
                .containsExactlyInAnyOrder(TestSecrets.MARK, "words of one", "more%20words+still", "more words still");
        assertThat(search.find(folder, "-output.txt")).hasSize(2);
        assertThat(search.find(folder.resolve("none"), "-output.txt")).isEmpty();
    }
}
