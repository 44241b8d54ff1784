// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.live;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.codec.mpegts.PayloadCutter;
import io.github.srtnetty.codec.mpegts.PcrPayloads;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.examples.cli.Arguments;
import io.github.srtnetty.examples.cli.BitRateConverter;
import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.NamedFiles;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.examples.pace.PacedSender;
import io.github.srtnetty.examples.pace.RatedPayloads;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty send}: sends a file, or standard input, at the pace of a live stream. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty send in.ts 'srt://127.0.0.1:4201?latency=200'",
            "  srt-netty send - srt://:4201 < in.ts"
        },
        description = {
            "Send a file or standard input over SRT, in payloads of 1316 bytes.",
            "A file is sent at the pace of its clock (PCR); standard input and pipes are sent as"
                    + " they are read. A listener sends to the first peer that connects. The command ends when"
                    + " the peer has received everything."
        })
public final class Send implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final int READ_BYTES = 256 << 10;

    @Parameters(
            index = "0",
            paramLabel = "FILE|-",
            description = "file to send, an MPEG transport stream unless --bitrate is given; - is standard input")
    private String input;

    @Parameters(
            index = "1",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "address to send to, for example 'srt://host:4201?latency=200' (caller) or 'srt://:4201'"
                    + " (listener)")
    private SrtUri uri;

    @ArgGroup
    private Pace pace = new Pace();

    @Mixin
    private ListenOptions listenOptions = new ListenOptions();

    @Spec
    private CommandSpec spec;

    private final PacedSender sender = new PacedSender();
    private final CompletableFuture<SrtChannel> connected = new CompletableFuture<>();

    /** How fast to send; without an option it depends on the input. */
    static final class Pace {
        @Option(
                names = "--bitrate",
                converter = BitRateConverter.class,
                paramLabel = "BITS",
                description = "send at this rate in bit/s, for example 800k or 2.5M (default: --pcr for a file;"
                        + " standard input is sent as it is read)")
        private Long bitrate;

        @Option(
                names = "--pcr",
                description = "send at the pace of the stream's clock (PCR); needed only for pipes and standard input")
        private boolean pcr;
    }

    @Override
    public Integer call() throws Exception {
        Arguments.require(
                spec, pace.bitrate == null || pace.bitrate > 0, "--bitrate " + pace.bitrate + ": must be more than 0");
        SrtUri at = listenOptions.safe(uri);
        Path file = input.equals(STANDARD_INPUT) ? null : Arguments.parsed(spec, () -> FileNames.file(input));
        NamedFiles files = new NamedFiles(spec.commandLine().getParseResult().originalArgs());
        Arguments.parsed(spec, () -> {
            files.reads(file);
            return files;
        });
        boolean stored = StandardStreams.isStored(file);
        try (InputStream in = new BufferedInputStream(StandardStreams.input(file), READ_BYTES);
                Session session = new Session(at)) {
            TimedPayloads payloads = payloads(in, stored);
            Session.onSignal(session::closeChannels);
            session.open(this::prepare);
            SrtChannel channel = connected.get();
            new Delivery(channel, sender).deliver(payloads);
            channel.close().sync();
        }
        return 0;
    }

    private TimedPayloads payloads(InputStream in, boolean stored) throws IOException {
        boolean live = !stored && !pace.pcr;
        PayloadCutter cutter =
                live ? PayloadCutter.blind(in, payloadBytes()) : PayloadCutter.probing(in, payloadBytes());
        if (pace.bitrate != null) {
            return RatedPayloads.atRate(cutter, pace.bitrate);
        }
        if (live) {
            return RatedPayloads.asTheyCome(cutter);
        }
        if (cutter.isEmpty()) {
            throw new IOException(input + ": is empty, there is nothing to send");
        }
        Arguments.require(
                spec,
                cutter.isTransportStream(),
                input + " is not an MPEG transport stream: set its rate with --bitrate");
        return new PcrPayloads(cutter);
    }

    // Whole packets of a transport stream, as many as the address allows.
    private int payloadBytes() {
        Integer limit = uri.option(SrtChannelOption.SRTO_PAYLOADSIZE);
        if (limit == null || limit == 0 || limit >= TimedPayloads.TS_PAYLOAD_BYTES) {
            return TimedPayloads.TS_PAYLOAD_BYTES;
        }
        return Math.max(limit - limit % PayloadCutter.TS_PACKET_BYTES, Math.min(limit, PayloadCutter.TS_PACKET_BYTES));
    }

    private void prepare(SrtChannel channel) {
        channel.pipeline().addLast(sender, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                connected.complete(channel);
            }
        });
    }
}
