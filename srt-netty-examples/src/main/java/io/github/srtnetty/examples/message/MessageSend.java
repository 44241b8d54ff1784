// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.cli.SingleConnection;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty message send}: sends lines, and prints what comes back. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty message send srt://127.0.0.1:4201",
            "  srt-netty message send 'srt://127.0.0.1:4201?transtype=file&messageapi=1' --replies 1"
        },
        description = {
            "Send each line of standard input as a message to 'message listen' or to libsrt's"
                    + " test-c-server, and print the messages that come back. Ends at the end of standard"
                    + " input."
        })
final class MessageSend implements Callable<Integer> {
    /** A peer that reads blocking loses what it has not read when the connection ends. */
    private static final int READ_MILLIS = 250;

    @Parameters(
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "address to send to, for example srt://host:4201")
    private SrtUri uri;

    @Option(
            names = "--replies",
            paramLabel = "N",
            description = "end only after this many messages have come back (default: 0)")
    private long replies;

    @Mixin
    private PrintOptions printOptions = new PrintOptions();

    @Mixin
    private ListenOptions listenOptions = new ListenOptions();

    @Spec
    private CommandSpec spec;

    private final CompletableFuture<SrtChannel> connected = new CompletableFuture<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (replies < 0) {
            throw new ParameterException(spec.commandLine(), "--replies " + replies + ": must be 0 or more");
        }
        printOptions.requireMessages(uri);
        CompletableFuture<Void> notPrinted = new CompletableFuture<>();
        LinePrinter printer = new LinePrinter(replies, printOptions.form(), notPrinted);
        try (Session session = new Session(listenOptions.safe(uri))) {
            Session.onSignal(session::closeChannels);
            session.open(channel -> prepare(channel, printer));
            SrtChannel channel = connected.join();
            CompletableFuture<Void> closed = new CompletableFuture<>();
            channel.closeFuture()
                    .addListener(done -> closed.completeExceptionally(
                            new IOException(SingleConnection.peer(channel) + " closed the connection")));
            CompletableFuture<Void> done = LineSender.start(channel, failure -> {});
            if (replies > 0) {
                done = done.thenCompose(sent -> printer.printedAll());
            }
            CompletableFuture.anyOf(done, closed, notPrinted).join();
            closed.exceptionally(left -> null)
                    .completeOnTimeout(null, READ_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            requireNoneDropped(channel);
            channel.close().sync();
            requireAllAcknowledged(channel);
            notPrinted.getNow(null);
        } catch (CompletionException e) {
            throw new IOException(Failures.describe(Failures.cause(e)), e.getCause());
        }
        return 0;
    }

    // In live mode libsrt drops what can no longer be on time.
    private static void requireNoneDropped(SrtChannel channel) throws IOException {
        SrtStatistics last = channel.statistics();
        if (last != null && last.pktSndDropTotal() > 0) {
            throw new IOException(SingleConnection.peer(channel) + ": " + last.pktSndDropTotal()
                    + " messages were too late for its latency and were dropped");
        }
    }

    private static void requireAllAcknowledged(SrtChannel channel) throws IOException {
        SrtStatistics last = channel.statistics();
        long left = last == null ? 0 : last.asLong(SrtStatistic.PKT_SND_BUF);
        if (left > 0) {
            throw new IOException(
                    SingleConnection.peer(channel) + " has not acknowledged the last " + left + " packets");
        }
    }

    private void prepare(SrtChannel channel, LinePrinter printer) {
        channel.config().setReceiveMessages(true);
        channel.pipeline().addLast(printer, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                connected.complete(channel);
            }
        });
    }
}
