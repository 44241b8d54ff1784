// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.outgoing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects content up to a limit; beyond it the connection is closed, and the answer fails or is cut. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final int most;
    private final boolean cuts;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    private LimitedBody(int most, boolean cuts) {
        this.most = most;
        this.cuts = cuts;
    }

    /** Fails where the content is longer than {@code most} bytes. */
    static LimitedBody failing(int most) {
        return new LimitedBody(most, false);
    }

    /** Ends before a part that brings the content above {@code most} bytes. */
    static LimitedBody cutting(int most) {
        return new LimitedBody(most, true);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription own) {
        subscription = own;
        own.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
        for (ByteBuffer item : items) {
            if (bytes.size() + item.remaining() > most) {
                cancel();
                if (cuts) {
                    onComplete();
                } else {
                    body.completeExceptionally(new IOException("the answer is longer than " + most + " bytes"));
                }
                return;
            }
            byte[] part = new byte[item.remaining()];
            item.get(part);
            bytes.writeBytes(part);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }

    private void cancel() {
        Subscription own = subscription;
        if (own != null) {
            own.cancel();
        }
    }
}
