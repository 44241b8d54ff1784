// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of glibc 2.31 and 2.36 and of musl 1.2. */
class LinkFailureTest {
    private static final NativePlatform LINUX = NativePlatform.of("Linux", "amd64", false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "libcrypto.so.3: cannot open shared object file: No such file or directory"
                        + "| missing dependency: the library needs libcrypto.so.3; install it (",
                "Error loading shared library libcrypto.so.3: No such file or directory (needed by /x/libsrt.so)"
                        + "| missing dependency: the library needs libcrypto.so.3; install it (",
                "libc.musl-x86_64.so.1: cannot open shared object file: No such file or directory"
                        + "| the library is built for musl, this system has glibc",
                "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /x/libsrt.so)"
                        + "| the C library of this system is older than GLIBC 2.38",
                "/x/libsrt.so: file too short | file too short",
            })
    void saysWhatToDo(String linker, String words) {
        UnsatisfiedLinkError error = new UnsatisfiedLinkError(
                "Unable to load library '/x/libsrt.so':\n" + linker + "\n" + linker + "\nNative library (x) not found");
        assertThat(LinkFailure.explain("/x/libsrt.so", error, LINUX)).startsWith(words);
    }

    @ParameterizedTest
    @CsvSource({"libsrt.so.1.5", "/opt/homebrew/lib/libsrt.dylib"})
    void saysOnlyThatALibraryIsMissing_whenItIsTheOneThatWasAskedFor(String name) {
        UnsatisfiedLinkError error =
                new UnsatisfiedLinkError(name + ": cannot open shared object file: No such file or directory");
        assertThat(LinkFailure.explain(name, error, LINUX))
                .isEqualTo("cannot open shared object file: No such file or directory");
    }
}
