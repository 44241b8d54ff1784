// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes docs/options.md from the table of options; its main does so, a test fails where the file differs. */
final class OptionsDoc {
    private static final String HEAD = """
            # Options

            Each option of libsrt is a constant of `SrtChannelOption` with its C name, to be set on a bootstrap or on
            `channel.config()`, and a key of `srt://` addresses. This table is generated from the one that the code uses
            (`OptionsDoc` in the tests of srt-netty-transport); what each option means in full stands in \
            libsrt's API-socket-options.md.

            - A wrong value fails at once with an `IllegalArgumentException`, one set too late with an \
            `IllegalStateException`;
              both name the option, the value and the rule.
            - Where two defaults are given, the second holds in file mode (`SRTO_TRANSTYPE` `FILE`).
            - The order does not matter: `SRTO_TRANSTYPE`, which resets others, and `SRTO_FC`, which bounds \
            `SRTO_RCVBUF`, are
              applied first whenever they are set.
            - A listener's connections inherit all but the stream id: set options of libsrt with `option()`, \
            not `childOption()`.
            - Options that need a feature are refused, by name, when the loaded library was built without it.
            - `SRTO_IPV6ONLY` is set to 0 when `::` is bound and it was not set.
            - `SRTO_MSS` is set to 1480 in file mode over IPv6 when it was not set, so that a packet fits into \
            1500 bytes.
            - Netty's `SO_SNDBUF`, `SO_RCVBUF`, `SO_REUSEADDR`, `IP_TOS` stand for `SRTO_SNDBUF`, `SRTO_RCVBUF`, \
            `SRTO_REUSEADDR`,
              `SRTO_IPTOS`; `CONNECT_TIMEOUT_MILLIS` for `SRTO_CONNTIMEO`; `SO_LINGER` for `SRTO_LINGER`, which \
            this transport
              keeps itself, as libsrt's loses data.
            - Options of blocking calls (`SRTO_SNDSYN`, `SRTO_RCVSYN`, `SRTO_SNDTIMEO`, `SRTO_RCVTIMEO`) are not \
            there, as an event loop makes
              no such calls. Addresses may have their keys: `sndsyn` and `rcvsyn` must be false, `sndtimeo`, \
            `rcvtimeo` and `timeout` have
              no effect.

            | Option | Type | Unit | Default (live / file) | Range | Can be set | URI key | Notes |
            |---|---|---|---|---|---|---|---|
            """;

    private OptionsDoc() {}

    public static void main(String[] args) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), text());
    }

    /** Returns the file; tests run in their module's directory. */
    static Path file() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return module.resolveSibling("docs").resolve("options.md");
    }

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (SrtChannelOption<?> option : SrtChannelOption.all()) {
            row(text, option.srtOption());
        }
        return text.toString();
    }

    private static void row(StringBuilder text, SrtOption<?> option) {
        String uriKey = option.isWritable() ? '`' + option.uriKey() + '`' : "";
        String[] cells = {
            '`' + option.name() + '`',
            option.type().getSimpleName(),
            option.unit(),
            option.defaults(),
            option.range(),
            option.isWritable() ? option.when().toString() : "read-only",
            uriKey,
            notes(option)
        };
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(cell).append(cell.isEmpty() ? "|" : " |");
        }
        text.append('\n');
    }

    private static String notes(SrtOption<?> option) {
        if (option.feature() != null) {
            return "needs " + option.feature().buildFlag();
        }
        return option.isReadable() ? "" : "cannot be read from libsrt";
    }
}
