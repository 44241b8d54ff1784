// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    Path folder;

    @Test
    void leavesAFileAsItIs_untilTheFirstByte() throws Exception {
        Path file = Files.writeString(folder.resolve("old"), "old content");
        try (OutputFile out = OutputFile.replacing(file)) {
            out.write(new byte[0]);
            out.flush();
            assertThat(file).hasContent("old content");
            out.write('n');
            assertThat(file).hasContent("n");
        }
        OutputFile.replacing(file).close();
        assertThat(file).hasContent("n");
    }

    @Test
    void createsAFileByTheFirstByte() throws Exception {
        Path file = folder.resolve("new");
        OutputFile.replacing(file).close();
        assertThat(file).doesNotExist();
        try (OutputFile out = OutputFile.replacing(file)) {
            out.write("new".getBytes());
        }
        assertThat(file).hasContent("new");
    }

    @Test
    void appends() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "one,");
        try (OutputFile out = OutputFile.appendingTo(file)) {
            out.write("two".getBytes());
        }
        assertThat(file).hasContent("one,two");
    }

    @Test
    void writesUnderTheNameThatItWasGiven_whenTheOldFileWasMovedAway() throws Exception {
        Path file = Files.writeString(folder.resolve("recording"), "old");
        try (OutputFile out = OutputFile.replacing(file)) {
            Files.move(file, folder.resolve("kept"));
            out.write("new".getBytes());
        }
        assertThat(file).hasContent("new");
        assertThat(folder.resolve("kept")).hasContent("old");
    }

    @Test
    void refusesAFileThatThisProgramHasOpen_byWhateverPath() throws Exception {
        Path file = Files.writeString(folder.resolve("in"), "input");
        Path hard = Files.createLink(folder.resolve("hard"), file);
        Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic"), file);
        try (InputStream in = StandardStreams.input(file)) {
            assertThat(in.read()).isEqualTo('i');
            for (Path path : new Path[] {file, hard, symbolic}) {
                assertRefused(path, "is already open in this program");
            }
        }
        try (OutputFile first = OutputFile.replacing(file)) {
            first.write('x');
            assertRefused(hard, "is already open in this program");
        }
    }

    @Test
    void refusesTheLibrariesThatTheProgramRunsOn() throws Exception {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            String jvm = maps.filter(line -> line.endsWith("/libjvm.so"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .findFirst()
                    .orElseThrow();
            assertRefused(Path.of(jvm), "is already open in this program");
        }
    }

    @Test
    void saysAtOnceWhatCannotBeWritten() throws Exception {
        assertRefused(folder, "Is a directory");
        assertThatThrownBy(() -> OutputFile.replacing(folder.resolve("none/file")))
                .isInstanceOf(NoSuchFileException.class);
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertRefused(socket, "is a socket, not a file");
            assertThatThrownBy(() -> StandardStreams.input(socket)).hasMessageContaining("is a socket, not a file");
        }
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> OutputFile.replacing(file).close())
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        failure -> assertThat(failure.getReason()).startsWith(why));
    }
}
