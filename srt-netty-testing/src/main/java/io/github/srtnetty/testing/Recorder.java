// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what its channel fires: messages as copies, and the names of the other events in order. */
public final class Recorder extends ChannelInboundHandlerAdapter {
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Object> userEvents = new CopyOnWriteArrayList<>();

    @Override
    public void channelRegistered(ChannelHandlerContext ctx) {
        events.add("registered");
        ctx.fireChannelRegistered();
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        events.add("unregistered");
        ctx.fireChannelUnregistered();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        events.add("active");
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        events.add("inactive");
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf buf = (ByteBuf) msg;
        messages.add(ByteBufUtil.getBytes(buf));
        buf.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        userEvents.add(event);
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failures.add(cause);
    }

    public List<byte[]> messages() {
        return messages;
    }

    public List<String> events() {
        return events;
    }

    public List<Throwable> failures() {
        return failures;
    }

    public List<Object> userEvents() {
        return userEvents;
    }

    public void awaitMessages(int count) {
        Await.until(count + " messages", Duration.ofSeconds(20), () -> messages.size() >= count);
    }

    public void awaitEvent(String event) {
        Await.until(event, Duration.ofSeconds(20), () -> events.contains(event));
    }
}
