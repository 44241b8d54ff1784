// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a child JVM in a mount name space of its own, as root or in a user name space. */
final class MountedJvm {
    private static final int LIMIT_SECONDS = 20;
    /** Mounts a tmpfs with the options $1 at $2, and runs the rest. */
    private static final String TMPFS = "mount -t tmpfs -o \"$1\" none \"$2\" && shift 2 && exec \"$@\"";
    /** Puts an empty file in the place of each file before {@code --}, and runs the rest. */
    private static final String HIDE =
            "while [ \"$1\" != -- ]; do mount --bind /dev/null \"$1\" || exit 1; shift; done; shift; exec \"$@\"";

    private MountedJvm() {}

    /** Runs it where {@code folder} is a file system that is mounted with {@code options}. */
    static ChildJvm.Result run(String options, Path folder, String classPath, String scenario, String... jvmOptions)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> prefix = unshare(TMPFS);
        prefix.addAll(List.of(options, folder.toString()));
        return ChildJvm.runUnder(prefix, classPath, scenario, jvmOptions);
    }

    /** Runs it where the system's libsrt is no library. */
    static ChildJvm.Result withoutInstalledLibrary(String classPath, String scenario, String... jvmOptions)
            throws IOException, InterruptedException {
        List<String> prefix = unshare(HIDE);
        try (var files = Files.newDirectoryStream(InstalledLibrary.file().getParent(), "libsrt*.so*")) {
            for (Path file : files) {
                if (!Files.isSymbolicLink(file)) {
                    prefix.add(file.toString());
                }
            }
        }
        prefix.add("--");
        return ChildJvm.runUnder(prefix, classPath, scenario, jvmOptions);
    }

    private static List<String> unshare(String script) throws IOException, InterruptedException {
        String flags = "root".equals(System.getProperty("user.name")) ? "-m" : "-rm";
        assumeTrue(
                works("unshare", flags, "sh", "-c", "mount -t tmpfs none /mnt"),
                "skipped: this machine allows no mount in a name space of its own (unshare " + flags + ")");
        return new ArrayList<>(List.of("unshare", flags, "sh", "-c", script, "sh"));
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) { // there is no such program
            return false;
        }
    }
}
