// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Changes of a name one after the other, of different names at the same time: a change that waits for a node which
 * hangs delays only those of its own name.
 */
final class PerName {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Map<String, CompletableFuture<?>> newest = new ConcurrentHashMap<>();
    private final Executor executor;

    PerName(Executor executor) {
        this.executor = executor;
    }

    /** Starts a change on the executor, when those before it have ended, however they did. */
    <T> CompletableFuture<T> run(String name, Supplier<CompletionStage<T>> change) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<?> before = newest.put(name, result);
        CompletableFuture<?> turn = before == null ? DONE : before.handle((value, failure) -> null);
        turn.thenComposeAsync(ended -> change.get(), executor).whenComplete((value, failure) -> {
            newest.remove(name, result);
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    /** Returns whether a change of a name has not ended. */
    boolean isBusy(String name) {
        return newest.containsKey(name);
    }
}
