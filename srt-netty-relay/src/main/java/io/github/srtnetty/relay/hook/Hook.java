// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import io.github.srtnetty.libsrt.LineLimit;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.auth.HookRules;
import io.github.srtnetty.relay.outgoing.HttpCaller;
import io.github.srtnetty.relay.outgoing.OutgoingThreads;
import io.github.srtnetty.relay.outgoing.Reply;
import io.github.srtnetty.relay.outgoing.Target;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server that decides about callers. A look-up reads memory and at most queues a question, so the accept
 * filter may call it. Callers with the same question share one request. Any thread.
 */
public final class Hook implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Hook.class);
    private static final int LINES_PER_SECOND = 2;

    private final HookRules rules;
    private final Map<String, String> passphrases;
    private final HookCounts counts;
    private final Target target;
    private final HookLimits limits = HookLimits.DEFAULT;
    private final OutgoingThreads threads = new OutgoingThreads("relay-hook");
    private final HttpCaller caller;
    private final LineLimit lines = new LineLimit(LINES_PER_SECOND, LINES_PER_SECOND);
    /** Guarded by this, like the two below. */
    private final AnswerCache answers = new AnswerCache(limits);

    private final CircuitBreaker breaker = new CircuitBreaker();
    private final Map<ByteBuffer, CompletableFuture<HookAnswer>> open = new HashMap<>();

    private Hook(HookRules rules, Map<String, String> passphrases, HookCounts counts) throws IOException {
        this.rules = rules;
        this.counts = counts;
        this.passphrases = Map.copyOf(passphrases);
        target = new Target(rules.url(), rules.allowPrivate());
        caller = HttpCaller.create(rules.authority(), rules.timeout(), threads.client());
    }

    /**
     * Creates the hook of a configuration; nothing is asked yet.
     *
     * @param passphrases those that answers may refer to, by name
     * @param counts counts callers, questions and answers
     * @throws IOException where its certificates cannot be read
     */
    public static Hook start(HookRules rules, Map<String, String> passphrases, HookCounts counts) throws IOException {
        Hook hook = new Hook(rules, passphrases, counts);
        hook.warmUp();
        return hook;
    }

    /** Returns the rules that it was started with. */
    public HookRules rules() {
        return rules;
    }

    /** Returns whether it is not asked at present because it failed too often. */
    public synchronized boolean isDown() {
        return breaker.isOpen();
    }

    /** Returns how many questions are open. */
    public synchronized int pending() {
        return open.size();
    }

    /** Returns the cached decision about a caller, or asks the hook if there is none. Never blocks. */
    public HookLookup lookup(HookQuestion question, long nowNanos) {
        ByteBuffer key = question.key();
        CompletableFuture<HookAnswer> answer = new CompletableFuture<>();
        synchronized (this) {
            HookAnswer known = answers.fresh(key, nowNanos);
            if (known != null) {
                counts.cached().increment();
                return new HookLookup.Known(known);
            }
            CompletableFuture<HookAnswer> asking = open.get(key);
            if (asking != null) {
                counts.shared().increment();
                return new HookLookup.Asking(asking, false);
            }
            if (open.size() >= rules.mostPending()) {
                return new HookLookup.Busy();
            }
            if (!breaker.allows(nowNanos)) {
                counts.unasked().increment();
                return new HookLookup.Known(whenDown(key, nowNanos));
            }
            open.put(key, answer);
        }
        try {
            threads.preparer().execute(() -> ask(question, key));
        } catch (RejectedExecutionException e) {
            failed(key, "the relay has ended");
        }
        return new HookLookup.Asking(answer, true);
    }

    @Override
    public void close() {
        threads.close();
        ByteBuffer[] keys;
        synchronized (this) {
            keys = open.keySet().toArray(new ByteBuffer[0]);
        }
        for (ByteBuffer key : keys) {
            failed(key, "the relay has ended, or has another configuration");
        }
    }

    /** Loads the code of a question, so the first caller does not delay the port. */
    private void warmUp() {
        StreamRequest request = new StreamRequest(Role.PLAY, "-", "");
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        HookQuestion question = new HookQuestion("-", request, peer, false);
        synchronized (this) {
            answers.fresh(question.key(), System.nanoTime());
        }
        threads.preparer().execute(question::json);
    }

    private void ask(HookQuestion question, ByteBuffer key) {
        try {
            counts.asked().increment();
            target.check();
            HttpRequest.Builder request = HttpRequest.newBuilder(target.uri())
                    .header("content-type", "application/json")
                    .header("accept", "application/json")
                    .timeout(rules.timeout())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(question.json()));
            if (rules.token() != null) {
                request.header("authorization", "Bearer " + rules.token());
            }
            caller.send(request.build(), rules.timeout(), HookLimits.MOST_BYTES)
                    .whenComplete((reply, failure) -> answered(key, reply, failure));
        } catch (IOException | RuntimeException e) {
            failed(key, String.valueOf(e.getMessage()));
        }
    }

    private void answered(ByteBuffer key, @Nullable Reply reply, @Nullable Throwable failure) {
        if (reply == null) {
            failed(key, why(failure));
            return;
        }
        HookAnswer answer;
        try {
            answer = HookReplyReader.read(reply, passphrases);
        } catch (IOException | RuntimeException e) {
            failed(key, String.valueOf(e.getMessage()));
            return;
        }
        (answer.rejection() == null ? counts.allowed() : counts.rejected()).increment();
        boolean back;
        CompletableFuture<HookAnswer> waiting;
        synchronized (this) {
            back = breaker.succeeded();
            answers.put(key, new HookReply(answer, limits.age(reply, answer.rejection() == null)), System.nanoTime());
            waiting = open.remove(key);
        }
        if (back) {
            LOGGER.info("the hook answers again");
        }
        complete(waiting, answer);
    }

    private void failed(ByteBuffer key, String why) {
        counts.failed().increment();
        boolean down;
        HookAnswer answer;
        CompletableFuture<HookAnswer> waiting;
        synchronized (this) {
            long nowNanos = System.nanoTime();
            down = breaker.failed(nowNanos);
            answer = whenDown(key, nowNanos);
            answers.putFailed(key, answer, nowNanos);
            waiting = open.remove(key);
        }
        long skipped = lines.tryLine(System.nanoTime());
        if (skipped != LineLimit.SKIP || down) {
            LOGGER.warn(
                    "the hook failed: {}{}",
                    PeerText.printable(why),
                    down ? "; it counts as down and is asked again in 5 s" : "");
        }
        complete(waiting, answer);
    }

    private HookAnswer whenDown(ByteBuffer key, long nowNanos) {
        HookAnswer stale = rules.whenDown() == HookRules.WhenDown.CACHED ? answers.stale(key, nowNanos) : null;
        return stale != null ? stale : HookAnswer.reject(SrtRejectReason.DOWN, "the hook is down");
    }

    private static void complete(@Nullable CompletableFuture<HookAnswer> waiting, HookAnswer answer) {
        if (waiting != null) {
            waiting.complete(answer);
        }
    }

    private static String why(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return "no answer in time";
        }
        return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
    }
}
