// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs changes of one name one after another and changes of different names in parallel, so a change that waits
 * for a hung node delays only its own name. A change that takes much longer has lost an answer of the engine in a merge
 * and times out late. Later changes then run beside it, which is safe because each compares before it changes.
 */
final class PerName {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** Longer than the engine needs to drop a node that hangs. */
    static final long STUCK_MILLIS = 6000;

    private final Map<String, Change> newest = new ConcurrentHashMap<>();
    private final Executor executor;

    /** A change, and when it was requested. */
    private record Change(CompletableFuture<?> end, long nanos) {
        boolean isStuck() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos) > STUCK_MILLIS;
        }
    }

    PerName(Executor executor) {
        this.executor = executor;
    }

    /** Starts a change on the executor after the earlier ones have ended, with or without success. */
    <T> CompletableFuture<T> run(String name, Supplier<CompletionStage<T>> change) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Change mine = new Change(result, System.nanoTime());
        Change before = newest.put(name, mine);
        turn(before).thenComposeAsync(ended -> change.get(), executor).whenComplete((value, failure) -> {
            newest.remove(name, mine);
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    /** Returns whether a change of a name has not ended, and is not stuck. */
    boolean isBusy(String name) {
        Change change = newest.get(name);
        return change != null && !change.isStuck();
    }

    private static CompletableFuture<?> turn(@Nullable Change before) {
        return before == null || before.isStuck()
                ? DONE
                : before.end
                        .handle((value, failure) -> null)
                        .completeOnTimeout(null, STUCK_MILLIS, TimeUnit.MILLISECONDS);
    }
}
