// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import io.github.srtnetty.channel.SrtMessage;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Prints each message on standard output: its number, a tab, its text. Programs in C send the byte 0 at its end, too.
 */
final class LinePrinter extends SimpleChannelInboundHandler<SrtMessage> {
    private final CompletableFuture<Void> printedAll = new CompletableFuture<>();
    private final MissingMessages messages = new MissingMessages();
    private final CompletableFuture<Void> failure;
    private final long wanted;
    private final Form form;
    private long printed;

    /** How the content of a message is printed. */
    @FunctionalInterface
    interface Form {
        /** Returns the bytes to print for those of a message. */
        byte[] of(byte[] content);
    }

    /**
     * Prints.
     *
     * @param wanted {@link #printedAll} completes after this many, never if it is 0
     * @param form how a content is printed
     * @param failure fails when it cannot print
     */
    LinePrinter(long wanted, Form form, CompletableFuture<Void> failure) {
        this.wanted = wanted;
        this.form = form;
        this.failure = failure;
    }

    CompletableFuture<Void> printedAll() {
        return printedAll;
    }

    /** Returns which messages arrived. */
    MissingMessages messages() {
        return messages;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, SrtMessage message) {
        messages.arrived(message.messageNumber());
        try {
            StandardStreams.println(message.messageNumber() + "\t", form.of(text(message.content())));
        } catch (IOException e) {
            failure.completeExceptionally(e);
            return;
        }
        if (++printed == wanted) {
            printedAll.complete(null);
        }
    }

    private static byte[] text(ByteBuf content) {
        int length = content.readableBytes();
        boolean terminated = length > 0 && content.getByte(content.readerIndex() + length - 1) == 0;
        return ByteBufUtil.getBytes(content, content.readerIndex(), terminated ? length - 1 : length);
    }
}
