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

            Each option of libsrt is a constant of `SrtChannelOption` with its C name, and a key of `srt://`
            addresses. Set it on a bootstrap or on `channel.config()`. This table is generated from the table that
            the code uses (`OptionsDoc` in the tests of srt-netty-transport). libsrt's API-socket-options.md
            describes each option in more detail.

            - An invalid value fails immediately with an `IllegalArgumentException`, a value that is set too late with
              an `IllegalStateException`. Both name the option, the value and the rule.
            - Values in addresses are percent-decoded, and `+` is a plus sign, not a space: `passphrase=a+b` is `a+b`.
              [programs.md](programs.md#addresses) has all rules.
            - If two defaults are given, the second applies in file mode (`SRTO_TRANSTYPE` `FILE`).
            - The order of options does not matter: `SRTO_TRANSTYPE`, which resets others, and `SRTO_FC`, which limits
              `SRTO_RCVBUF`, are always applied first.
            - Connections of a listener inherit all options except the stream id. So set options of libsrt with
              `option()`, not `childOption()`.
            - If the loaded library was built without a feature, options that need it fail with an error that names
              the option.
            - If you bind `::` without `SRTO_IPV6ONLY`, the transport sets it to 0.
            - In file mode over IPv6 without `SRTO_MSS`, the transport sets it to 1480, so a packet fits into 1500
              bytes.
            - Netty's `SO_SNDBUF`, `SO_RCVBUF`, `SO_REUSEADDR` and `IP_TOS` set `SRTO_SNDBUF`, `SRTO_RCVBUF`,
              `SRTO_REUSEADDR` and `SRTO_IPTOS`, and `CONNECT_TIMEOUT_MILLIS` sets `SRTO_CONNTIMEO`. `SO_LINGER`
              replaces `SRTO_LINGER`: the transport waits itself, because libsrt's linger loses data.
            - Options of blocking calls (`SRTO_SNDSYN`, `SRTO_RCVSYN`, `SRTO_SNDTIMEO`, `SRTO_RCVTIMEO`) have no
              constant, because an event loop makes no such calls. Addresses may contain their keys: `sndsyn` and
              `rcvsyn` must be false, `sndtimeo`, `rcvtimeo` and `timeout` have no effect.

            | Option | Meaning | Type | Unit | Default (live / file) | Range | Can be set | URI key | Notes |
            |---|---|---|---|---|---|---|---|---|
            """;

    private static final SourceDoc MEANINGS =
            new SourceDoc("srt-netty-native/src/main/java/io/github/srtnetty/libsrt/SrtOptions.java");

    private OptionsDoc() {}

    public static void main(String[] args) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), text());
    }

    static Path file() {
        return SourceDoc.root().resolve("docs/options.md");
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
            MEANINGS.of(option.name()),
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
