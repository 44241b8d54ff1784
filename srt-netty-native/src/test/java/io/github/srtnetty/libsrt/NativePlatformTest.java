// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativePlatformTest {
    private static final String GLIBC = "7f00-7f01 r-xp 00000000 08:01 1 /usr/lib/x86_64-linux-gnu/libc.so.6\n";
    private static final String OLD_GLIBC = "7f00-7f01 r-xp 00000000 08:01 1 /lib/x86_64-linux-gnu/libc-2.31.so\n";
    private static final String MUSL = "7f00-7f01 r-xp 00000000 08:01 1 /lib/ld-musl-x86_64.so.1\n";

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch_64",
        "Linux, riscv64, linux-riscv64",
        "Linux, ppc64le, linux-ppcle_64",
        "Linux, s390x, linux-s390_64",
        "Mac OS X, aarch64, osx-aarch_64",
        "Windows Server 2022, amd64, windows-x86_64",
        "FreeBSD, amd64, freebsd-x86_64",
    })
    void hasTheClassifierOfOsMavenPlugin(String os, String arch, String classifier) {
        assertThat(NativePlatform.of(os, arch, false).classifier()).isEqualTo(classifier);
    }

    @Test
    void hasALibraryOfItsOwnForMusl() {
        NativePlatform musl = NativePlatform.of("Linux", "amd64", true);
        assertThat(musl.resource()).isEqualTo("META-INF/native/libsrt_linux_musl_x86_64.so");
        assertThat(musl.isBundled()).isFalse();
        assertThat(NativePlatform.of("Linux", "amd64", false).resource())
                .isEqualTo("META-INF/native/libsrt_linux_x86_64.so");
    }

    @Test
    void recognisesMuslByWhatIsMapped_beforeWhatIsInstalled() {
        assertThat(NativePlatform.isMusl(MUSL, true)).isTrue();
        assertThat(NativePlatform.isMusl(GLIBC, true)).isFalse();
        assertThat(NativePlatform.isMusl(OLD_GLIBC, true)).isFalse();
        assertThat(NativePlatform.isMusl("", true)).isTrue();
        assertThat(NativePlatform.isMusl("", false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Linux | amd64 | false | add srt-netty-native with the classifier linux-x86_64",
                "Linux | aarch64 | false | add srt-netty-native with the classifier linux-aarch_64",
                "Linux | riscv64 | false | there is no bundled library for linux-riscv64: install libsrt",
                "Linux | amd64 | true | there is no bundled library for musl: install libsrt (Alpine: apk add libsrt)",
                "Mac OS X | aarch64 | false | there is no bundled library for macOS: install libsrt (Homebrew: brew",
                "Windows 11 | amd64 | false | there is no bundled library for Windows: build libsrt 1.5",
                "SunOS | amd64 | false | there is no bundled library for sunos-x86_64",
            })
    void saysWhatToInstall(String os, String arch, boolean musl, String words) {
        assertThat(NativePlatform.of(os, arch, musl).advice(false))
                .startsWith(words)
                .contains("-Dsrt.library.path", "SRT_LIBRARY_PATH");
    }
}
