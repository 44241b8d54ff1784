// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel.testing;

import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What libsrt's own linger is worth, on which other programs rely when they close. */
public final class Linger {
    private static final int MESSAGES = 200;
    private static final int MESSAGE_BYTES = 1316;
    private static final int SECONDS = 3;

    private Linger() {}

    /** Returns whether libsrt sends what is left after a close that does not block: 1.5.4 to 1.5.7 do not. */
    public static boolean sendsWhatIsLeft() throws Exception {
        Recorder received = new Recorder();
        try (Loopback loopback = new Loopback(1)) {
            loopback.listen(channel -> channel.pipeline().addLast(received), CompleteDelivery::set);
            SrtSocket socket = SrtSocket.create();
            socket.setOption(SrtOptions.SRTO_LINGER, SECONDS);
            socket.setOption(SrtOptions.SRTO_TLPKTDROP, false);
            socket.connect(loopback.address());
            Await.until("connected", () -> socket.state() == SrtSocketState.CONNECTED);
            ByteBuf message = Unpooled.directBuffer(MESSAGE_BYTES).writeZero(MESSAGE_BYTES);
            for (int i = 0; i < MESSAGES; i++) {
                socket.send(message.memoryAddress(), MESSAGE_BYTES);
            }
            message.release();
            socket.close();
            received.awaitEvent("inactive");
        }
        return received.messages().size() == MESSAGES;
    }
}
