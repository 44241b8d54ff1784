// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads and ignores the content of an answer up to a length, and closes the connection of a longer one. */
final class LimitedDiscard implements BodySubscriber<Void> {
    private final CompletableFuture<Void> body = new CompletableFuture<>();
    private long left;
    private Flow.@Nullable Subscription subscription;

    LimitedDiscard(long bytes) {
        left = bytes;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        source.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            left -= buffer.remaining();
        }
        Flow.Subscription source = subscription;
        if (left < 0 && source != null) {
            source.cancel();
            body.complete(null);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(null);
    }
}
