// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryLimitTest {
    private static final String HEAD = "Limit                     Soft Limit           Hard Limit           Units\n";
    private static final String DATA = "Max data size             %-20s unlimited            bytes\n";

    @TempDir
    Path folder;

    @BeforeEach
    void aProcessOfAService() throws IOException {
        Files.createDirectories(folder.resolve("groups/system.slice/relay.service"));
        Files.createDirectories(folder.resolve("proc"));
        write("groups/system.slice/relay.service/memory.max", "max");
        write("proc/cgroup", "0::/system.slice/relay.service\n");
        write("proc/limits", HEAD + String.format(DATA, "unlimited"));
    }

    @Test
    void advisesALimit_whereThereIsNone() {
        assertThat(advice()).contains("LimitDATA", "MemoryMax");
    }

    @Test
    void isSilent_whereDataIsLimited() throws Exception {
        write("proc/limits", HEAD + String.format(DATA, "2147483648"));

        assertThat(advice()).isNull();
    }

    @Test
    void isSilent_whereTheControlGroupOrOneAboveIsLimited() throws Exception {
        write("groups/system.slice/memory.max", "1073741824\n");
        assertThat(advice()).isNull();

        write("groups/system.slice/memory.max", "max\n");
        write("groups/system.slice/relay.service/memory.max", "1073741824\n");
        assertThat(advice()).isNull();
    }

    @Test
    void readsControlGroupsOfVersion1() throws Exception {
        write("proc/cgroup", "5:memory:/docker/x\n1:name=systemd:/docker/x\n");
        Files.createDirectories(folder.resolve("groups/memory/docker/x"));
        write("groups/memory/docker/x/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(advice()).isNotNull();

        write("groups/memory/docker/x/memory.limit_in_bytes", "1073741824\n");
        assertThat(advice()).isNull();
    }

    @Test
    void isSilent_whereNothingCanBeRead() throws Exception {
        Files.delete(folder.resolve("proc/limits"));

        assertThat(advice()).isNull();
    }

    private String advice() {
        return new MemoryLimit(folder.resolve("proc"), folder.resolve("groups")).advice();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
