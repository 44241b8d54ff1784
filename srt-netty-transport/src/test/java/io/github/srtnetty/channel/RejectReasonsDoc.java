// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtRejectReason;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes docs/reject-codes.md from the constants of reject reasons. */
final class RejectReasonsDoc {
    private static final String HEAD = """
            # Reject codes

            A connect that is rejected fails with `SrtRejectedException`; its `reason()` is an `SrtRejectReason` with
            one of these codes. An accept filter rejects with `SrtAcceptDecision.reject(reason)`, with codes from 1000
            on. This table is generated from the constants of `SrtRejectReason` (`RejectReasonsDoc` in the tests of
            srt-netty-transport).

            - Codes below 1000 come from libsrt, codes from 1000 on from the peer's application. Codes from 1000 to
              1999 are predefined, most of them as 1000 plus an HTTP status. Applications define their own codes from
              2000 on.
            - The handshake has the code plus 1000, and so have libsrt's log and captured packets: 1010 for
              `BADSECRET`, 2401 for 1401.
            - *Retry* (`isTransient()`): another attempt may succeed although nothing changes on this side.
              `SrtReconnector` stops after a code of libsrt that is not transient, and retries after every other code,
              unless `endOn` sets another rule.

            | Code | Constant | Meaning | Retry |
            |---|---|---|---|
            """;
    private static final SourceDoc MEANINGS =
            new SourceDoc("srt-netty-native/src/main/java/io/github/srtnetty/libsrt/SrtRejectReason.java");

    private RejectReasonsDoc() {}

    public static void main(String[] args) throws IOException, IllegalAccessException {
        Files.writeString(file(), text());
    }

    static Path file() {
        return SourceDoc.root().resolve("docs/reject-codes.md");
    }

    static String text() throws IllegalAccessException {
        StringBuilder text = new StringBuilder(HEAD);
        for (Field field : SrtRejectReason.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof SrtRejectReason reason) {
                text.append("| ")
                        .append(reason.code())
                        .append(" | `")
                        .append(field.getName())
                        .append("` | ")
                        .append(MEANINGS.of(field.getName()))
                        .append(" | ")
                        .append(reason.isTransient() ? "yes" : "no")
                        .append(" |\n");
            }
        }
        return text.toString();
    }
}
