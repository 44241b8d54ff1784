// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.access.Authority;
import io.github.srtnetty.relay.hook.HookCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.LongAdder;

/** The metrics of the hook and of JSON Web Tokens. */
final class AuthMetrics {
    private static final String CALLERS = "callers decided by the hook, by source of the decision";
    private static final String ANSWERS = "answers of the hook";

    private AuthMetrics() {}

    static void register(Authority authority, MeterRegistry registry) {
        HookCounts hook = authority.hookCounts();
        counter("relay.hook.callers", CALLERS, hook.asked(), Tags.of("from", "question"), registry);
        counter("relay.hook.callers", CALLERS, hook.cached(), Tags.of("from", "cache"), registry);
        counter("relay.hook.callers", CALLERS, hook.shared(), Tags.of("from", "other-question"), registry);
        counter("relay.hook.callers", CALLERS, hook.unasked(), Tags.of("from", "outage"), registry);
        counter("relay.hook.answers", ANSWERS, hook.allowed(), Tags.of("result", "allowed"), registry);
        counter("relay.hook.answers", ANSWERS, hook.rejected(), Tags.of("result", "rejected"), registry);
        counter("relay.hook.answers", ANSWERS, hook.failed(), Tags.of("result", "failed"), registry);
        Gauge.builder("relay.hook.down", authority, of -> of.isHookDown() ? 1 : 0)
                .description("1 while the hook is not asked because it failed too often")
                .register(registry);
        Gauge.builder("relay.hook.pending", authority, Authority::hookPending)
                .description("open requests to the hook")
                .register(registry);
        authority
                .jwtCounts()
                .forEachResult((result, count) -> counter(
                        "relay.jwt.checks", "JSON Web Tokens, by result", count, Tags.of("result", result), registry));
        counter(
                "relay.jwt.remembered",
                "JSON Web Tokens whose signature had already been verified",
                authority.jwtCounts().remembered(),
                Tags.empty(),
                registry);
    }

    private static void counter(String name, String help, LongAdder count, Tags tags, MeterRegistry registry) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .description(help)
                .tags(tags)
                .register(registry);
    }
}
