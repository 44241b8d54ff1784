# SPDX-License-Identifier: Apache-2.0
# Functions shared by the scripts in bin. Sourced; all messages go to standard error.

say() { echo "srt-netty: $*" >&2; }
die() { say "$*"; exit 1; }

# Sets java to a JVM of at least 17 and java_major to its version; reads its release file first, which is fast.
find_java() {
    local home release version
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || die "JAVA_HOME=$JAVA_HOME has no bin/java"
        home=$JAVA_HOME
    else
        java=$(command -v java) || die "Java is missing: install a JDK 17 or newer, or set JAVA_HOME"
        home=$(dirname "$(dirname "$(readlink -f "$java" 2>/dev/null || echo "$java")")")
    fi
    release=$home/release
    version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9.]*\).*/\1/p' "$release" 2>/dev/null | head -n 1 || true)
    if [ -z "$version" ]; then
        version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9.]*\).*/\1/p' | head -n 1)
    fi
    java_major=${version%%.*}
    case $java_major in
        '' | *[!0-9]*) die "cannot determine the version of $java" ;;
    esac
    [ "$java_major" -ge 17 ] || die "$java is Java $version: Java 17 or newer is needed (set JAVA_HOME)"
}

# Prints the home of the newest JDK under /usr/lib/jvm.
newest_java() {
    local home
    for home in /usr/lib/jvm/*/; do
        [ -x "$home/bin/javac" ] &&
            echo "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null || true) ${home%/}"
    done | sort -n | tail -n 1 | cut -d ' ' -f 2-
}

# Prints the mirror of this system's packages; debian_mirror -security prints that of the security updates.
debian_mirror() {
    apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 2>/dev/null |
        awk -v kind="${1:-}" '{ sub(/\/$/, "", $1) } kind == "" ? $2 !~ /-/ : $2 ~ kind "$" { print $1; exit }'
}

# compressors FOLDER: the archives that the static libcrypto of a folder needs: Debian builds OpenSSL with compression from 13 on.
compressors() {
    local needed
    needed=" $(sed -n 's/^Libs.private://p' "$1/pkgconfig/libcrypto.pc" 2>/dev/null) "
    case $needed in *" -lz "*) echo libz.a ;; esac
    case $needed in *" -lzstd "*) echo libzstd.a ;; esac
}

has_file() {
    local pattern
    for pattern in "$@"; do
        [ -e "$pattern" ] && return 0
    done
    return 1
}

# Whether the loader would find libsrt: in the configured place, where the system's linker looks, or where Homebrew puts it.
has_libsrt() {
    [ -z "${SRT_LIBRARY_PATH:-}" ] || return 0
    has_file /usr/lib/*/libsrt*.so.1.5 /usr/lib/libsrt*.so.1.5 /usr/lib64/libsrt*.so.1.5 /usr/local/lib/libsrt*.so.1.5 \
        /usr/local/lib/*/libsrt*.so.1.5 /opt/homebrew/lib/libsrt*.dylib /usr/local/lib/libsrt*.dylib /opt/local/lib/libsrt*.dylib \
        && return 0
    PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep -q 'libsrt[a-z-]*\.so\.1\.5'
}

# Runs a command as root: directly, or with sudo, which may ask for a password only on a terminal.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        say "cannot run without root or sudo: $*"
        return 1
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o Dpkg::Use-Pty=0 "$@" >&2; }

# install DEBIAN FEDORA ALPINE ARCH BREW: installs one of these lists of packages, depending on the package manager.
install_packages() {
    if command -v apt-get >/dev/null; then
        say "installing $1"
        apt_get update || say "apt-get update failed; continuing with the existing package lists"
        # shellcheck disable=SC2086
        apt_get install --no-install-recommends $1
    elif command -v dnf >/dev/null; then
        say "installing $2"
        # shellcheck disable=SC2086
        as_root dnf -y -q install $2 >&2
    elif command -v apk >/dev/null; then
        say "installing $3"
        # shellcheck disable=SC2086
        as_root apk add --quiet $3 >&2
    elif command -v pacman >/dev/null; then
        say "installing $4"
        # shellcheck disable=SC2086
        as_root pacman -S --noconfirm --needed $4 >&2
    elif command -v brew >/dev/null; then
        say "installing $5"
        # shellcheck disable=SC2086
        brew install $5 >&2
    else
        say "found no known package manager"
        return 1
    fi
}

ensure_libsrt() {
    has_libsrt && return
    install_packages libsrt1.5-openssl srt-libs libsrt srt srt || true
    has_libsrt || ! command -v apt-get >/dev/null || install_packages libsrt1.5-gnutls '' '' '' '' || true
    has_libsrt || die "libsrt 1.5 is missing and could not be installed: install it (Debian, Ubuntu: libsrt1.5-openssl;" \
        "Fedora: srt-libs; Alpine: libsrt; Arch, Homebrew: srt), or set SRT_LIBRARY_PATH to its file or folder"
}

ensure_maven() {
    command -v mvn >/dev/null || die "Maven is missing: install Maven 3.8 or newer (package maven)"
}
