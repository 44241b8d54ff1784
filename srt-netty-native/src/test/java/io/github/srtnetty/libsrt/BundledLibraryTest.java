// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library inside a jar, here in a folder of the class path: each test in a JVM of its own. */
@Tag("slow")
class BundledLibraryTest {
    private static final NativePlatform PLATFORM = NativePlatform.current();
    private static final int JVMS = 4;

    @TempDir
    private Path folder;

    private Path classes;
    private Path work;
    private byte[] library;

    @BeforeEach
    void bundleTheLibraryOfTheSystem() throws IOException {
        assumeTrue(PLATFORM.isBundled(), () -> "there is no bundled library for " + PLATFORM.classifier());
        classes = folder.resolve("classes");
        work = folder.resolve("work");
        library = Files.readAllBytes(InstalledLibrary.file());
        BundledFiles.write(classes, PLATFORM, library);
    }

    private String classPath() {
        return System.getProperty("java.class.path") + File.pathSeparator + classes;
    }

    private ChildJvm.Result run(String scenario, String... options) throws Exception {
        return ChildJvm.runWith(classPath(), scenario, options);
    }

    private String workdir() {
        return "-D" + BundledLibrary.WORKDIR_PROPERTY + "=" + work;
    }

    /** Loads the bundled library alone, without that of the system. */
    private String unusable(String... options) throws Exception {
        ChildJvm.Result child = run("bundled", options.length == 0 ? new String[] {workdir()} : options);
        return child.lines().stream()
                .filter(line -> line.startsWith("unusable="))
                .findFirst()
                .orElseThrow(() -> new AssertionError(child.toString()));
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            return files.filter(file -> !file.equals(work)).toList();
        }
    }

    @Test
    void isTakenBeforeThatOfTheSystem_andLeavesNoFile() throws Exception {
        ChildJvm.Result child = run("availability", workdir());
        assertThat(child.lines())
                .contains("available=true", "source=" + new File(classes.toFile(), PLATFORM.resource()).toURI());
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void leavesNoFileInTheTemporaryFolder() throws Exception {
        Files.createDirectories(work);
        assertThat(run("availability", "-Djava.io.tmpdir=" + work).lines()).contains("available=true");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void keepsTheAnswerAboutSecurityFixes_thoughTheFileIsGone() throws Exception {
        String expected = SecurityFixes.areIn(library) ? "warning=null" : "warning=the fixes of CVE-2026-55868";
        assertThat(run("securityWarning", workdir()).lines()).anyMatch(line -> line.startsWith(expected));
    }

    @Test
    void worksInManyJvmsAtTheSameTime() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(JVMS);
        try {
            Callable<ChildJvm.Result> child = () -> run("availability", workdir());
            List<Future<ChildJvm.Result>> children = new ArrayList<>();
            IntStream.range(0, JVMS).forEach(i -> children.add(pool.submit(child)));
            for (Future<ChildJvm.Result> result : children) {
                assertThat(result.get().lines()).contains("available=true");
            }
        } finally {
            pool.shutdown();
        }
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void worksInTwoClassLoadersAtTheSameTime() throws Exception {
        assertThat(run("sideBySide", workdir()).lines())
                .containsExactlyInAnyOrder("both connected", "received 100", "received 100", "ended", "ended");
    }

    @Test
    void isUnloadedWithItsClassLoader() throws Exception {
        assertThat(run("unload", workdir()).lines()).contains("collected=2");
    }

    @Test
    void isRejected_whenItDiffersFromItsDigest() throws Exception {
        Path digest = classes.resolve(PLATFORM.resource() + BundledLibrary.DIGEST_SUFFIX);
        Files.writeString(digest, "00".repeat(32) + "  libsrt.so\n");
        assertThat(unusable()).contains("has SHA-256 ", "the jar says 0000", "damaged");
        assertThat(leftovers()).isEmpty();

        Files.delete(digest);
        assertThat(unusable()).contains("no SHA-256 beside it in the jar");
    }

    @Test
    void saysWhichProcessorItIsFor_whenThatIsAnother() throws Exception {
        BundledFiles.write(classes, PLATFORM, BundledFiles.forAnotherProcessor(library));
        assertThat(unusable())
                .contains("wrong architecture: the library is for s390_64, this JVM is for " + PLATFORM.arch());
    }

    @Test
    void namesTheClassifierThatIsThere_whenItIsTheWrongOne() throws Exception {
        NativePlatform other = PLATFORM.others().get(0);
        Files.move(classes.resolve(PLATFORM.resource()), classes.resolve(other.resource()));
        ChildJvm.Result child = MountedJvm.withoutInstalledLibrary(classPath(), "availability");
        assertThat(child.lines())
                .contains("available=false")
                .anyMatch(line -> line.contains("add srt-netty-native with the classifier " + PLATFORM.classifier())
                        && line.contains("the one that is there is for " + other.classifier()));
    }

    @Test
    void namesTheLibraryThatItNeeds_whenThatIsMissing() throws Exception {
        BundledFiles.write(classes, PLATFORM, BundledFiles.replaced(library, "libstdc++.so.6", "libnowhere.so1"));
        assertThat(unusable()).contains("missing dependency: the library needs libnowhere.so1; install it");
    }

    @Test
    void namesTheVersionOfTheCLibraryThatItNeeds() throws Exception {
        String needed = BundledFiles.versionOfTheCLibrary(library);
        String newer = needed.substring(0, needed.length() - 1) + '~';
        BundledFiles.write(classes, PLATFORM, BundledFiles.replaced(library, needed, newer));
        assertThat(unusable()).contains("not found");
    }

    @Test
    void saysThatItIsNoLibrary_whenItIsNone() throws Exception {
        BundledFiles.write(classes, PLATFORM, "no library".repeat(1000).getBytes());
        assertThat(unusable()).contains("ELF");
    }

    @Test
    void saysWhatToSet_whenTheFolderDoesNotAllowExecution() throws Exception {
        ChildJvm.Result child = MountedJvm.run("noexec", work, classPath(), "bundled", workdir());
        assertThat(child.lines())
                .anyMatch(line -> line.startsWith("unusable=copied to " + work)
                        && line.contains("mounted noexec")
                        && line.contains("set -Dsrt.native.workdir to a folder"));
    }

    @Test
    void saysWhatToSet_whenTheFolderIsReadOnly() throws Exception {
        ChildJvm.Result child = MountedJvm.run("ro", work, classPath(), "bundled", workdir());
        assertThat(child.lines())
                .anyMatch(line -> line.startsWith("unusable=cannot be copied to " + work + ": Read-only file system")
                        && line.contains("set -Dsrt.native.workdir to a folder"));
    }

    @Test
    void saysWhatToSet_whenTheFolderIsFull() throws Exception {
        ChildJvm.Result child = MountedJvm.run("size=64k", work, classPath(), "bundled", workdir());
        assertThat(child.lines())
                .anyMatch(line -> line.contains("No space left on device") && line.contains("-Dsrt.native.workdir"));
    }

    @Test
    void isNotCopiedToAFolder_inWhichEveryUserMayReplaceIt() throws Exception {
        Files.createDirectories(work);
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(unusable()).contains("every user may replace files in " + work);
    }

    @Test
    void givesWayToThatOfTheSystem_andSaysWhy() throws Exception {
        Files.delete(classes.resolve(PLATFORM.resource() + BundledLibrary.DIGEST_SUFFIX));
        ChildJvm.Result child = run("availability", workdir());
        assertThat(child.lines())
                .contains("available=true")
                .anyMatch(line ->
                        line.startsWith("source=" + InstalledLibrary.file().getParent()));
        assertThat(child.errors()).contains("cannot use the bundled libsrt, so ", "no SHA-256 beside it");
    }

    @Test
    void listsEveryPlace_whenNoLibraryCanBeUsed() throws Exception {
        Files.delete(classes.resolve(PLATFORM.resource() + BundledLibrary.DIGEST_SUFFIX));
        ChildJvm.Result child = MountedJvm.withoutInstalledLibrary(classPath(), "availability", workdir());
        assertThat(child.lines())
                .contains("available=false", "cause=true")
                .anyMatch(line -> line.startsWith("error=libsrt not found on " + PLATFORM.classifier() + ": make")
                        && line.contains(PLATFORM.resource() + " (no SHA-256")
                        && line.contains("libsrt.so.1.5 (")
                        && line.contains("libsrt-gnutls.so ("));
    }

    @Test
    void namesJnasFolder_whenJnaCannotLoadItsOwnLibrary() throws Exception {
        ChildJvm.Result child = MountedJvm.run("noexec", work, classPath(), "availability", "-Djna.tmpdir=" + work);
        assertThat(child.lines())
                .contains("available=false")
                .anyMatch(line -> line.startsWith("error=JNA, ")
                        && line.contains(work.toString())
                        && line.contains("noexec")
                        && line.contains("set -Djna.tmpdir to a folder"));
    }

    @Test
    void namesJnasFolder_whenItIsReadOnly() throws Exception {
        ChildJvm.Result child = MountedJvm.run("ro", work, classPath(), "availability", "-Djna.tmpdir=" + work);
        assertThat(child.lines())
                .anyMatch(line -> line.startsWith("error=JNA, ")
                        && line.contains(work.toString())
                        && line.contains("set -Djna.tmpdir to a folder"));
    }
}
