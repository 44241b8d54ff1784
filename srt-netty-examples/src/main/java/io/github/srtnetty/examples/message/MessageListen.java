// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.cli.SingleConnection;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty message listen}: prints the messages that arrive, and sends lines to the first peer. */
@Command(
        name = "listen",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty message listen srt://:4201",
            "  srt-netty message listen 'srt://:4201?transtype=file&messageapi=1'"
        },
        description = {
            "Print the messages of 'message send' or of libsrt's test-c-client, from one peer after"
                    + " another, until stopped. The lines of standard input are sent to the first peer."
        })
final class MessageListen implements Callable<Integer> {
    @Parameters(
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "address to listen on, for example srt://:4201")
    private SrtUri uri;

    @Option(names = "--once", description = "end when the first peer closes")
    private boolean once;

    @Mixin
    private PrintOptions printOptions = new PrintOptions();

    @Mixin
    private ListenOptions listenOptions = new ListenOptions();

    @Spec
    private CommandSpec spec;

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final AtomicBoolean first = new AtomicBoolean(true);

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (uri.mode() != SrtConnectionMode.LISTENER) {
            throw new ParameterException(spec.commandLine(), "it listens: srt://:" + uri.port());
        }
        printOptions.requireMessages(uri);
        try (Session session = new Session(listenOptions.safe(uri))) {
            Session.onSignal(session::closeChannels);
            session.open(this::prepare);
            end.join();
        } catch (CompletionException e) {
            throw new IOException(Failures.describe(Failures.cause(e)), e.getCause());
        }
        return 0;
    }

    private void prepare(SrtChannel channel) {
        channel.config().setReceiveMessages(true);
        LinePrinter printer = new LinePrinter(0, printOptions.form(), end);
        channel.pipeline().addLast(printer, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                if (first.getAndSet(false)) {
                    LineSender.start(channel, failure -> report(channel, failure));
                }
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                reportMissing(channel, printer.messages());
                if (once) {
                    end.complete(null);
                }
            }
        });
    }

    private static void reportMissing(SrtChannel channel, MissingMessages messages) {
        if (messages.missing() > 0) {
            System.err.println("srt-netty: " + SingleConnection.peer(channel) + ": " + messages.missing() + " of "
                    + messages.sent() + " messages did not arrive in time");
        }
    }

    // The disconnection of a peer is not a failure here.
    private static void report(SrtChannel channel, IOException failure) {
        if (channel.isActive() && !Session.isEndedBySignal()) {
            System.err.println("srt-netty: " + Failures.describe(failure));
        }
    }
}
