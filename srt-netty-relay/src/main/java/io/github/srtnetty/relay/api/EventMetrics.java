// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.alarm.Alarm;
import io.github.srtnetty.relay.alarm.AlarmKind;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.webhook.WebhookCounts;
import io.github.srtnetty.relay.webhook.Webhooks;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The metrics of events, alarms and webhooks. */
final class EventMetrics {
    private static final String WEBHOOK = "webhook";
    private static final List<AlarmKind> KINDS =
            Stream.of(AlarmKind.values()).filter(AlarmKind::isOfStream).toList();

    private final StatusView view;
    private final MeterRegistry registry;
    private final MultiGauge alarms;
    private final MultiGauge queued;

    EventMetrics(StatusView view, MeterRegistry registry) {
        this.view = view;
        this.registry = registry;
        counter("relay.events", "events emitted", view.events().emitted(), Tags.empty());
        counter(
                "relay.events.dropped",
                "events dropped because the queue was full",
                view.events().dropped(),
                Tags.empty());
        view.alarms()
                .counts()
                .forEach((kind, count) ->
                        counter("relay.alarms", "alarms raised", count, Tags.of("alarm", kind.toString())));
        alarms = MultiGauge.builder("relay.stream.alarm")
                .description("1 while the alarm of the stream is raised")
                .register(registry);
        queued = MultiGauge.builder("relay.webhook.queued")
                .description("events queued for the webhook")
                .register(registry);
    }

    /** Updates the meters whose labels come and go. */
    void update() {
        alarms.register(alarmRows(), true);
        List<MultiGauge.Row<?>> queues = new ArrayList<>();
        Webhooks webhooks = view.webhooks();
        for (Map.Entry<String, WebhookCounts> webhook : webhooks.counts().entrySet()) {
            Tags tags = Tags.of(WEBHOOK, webhook.getKey());
            WebhookCounts counts = webhook.getValue();
            queues.add(MultiGauge.Row.of(tags, webhooks, all -> all.queued(webhook.getKey())));
            counter("relay.webhook.delivered", "events that the webhook's server accepted", counts.delivered(), tags);
            counter("relay.webhook.failed.attempts", "failed attempts to deliver an event", counts.failed(), tags);
            counter("relay.webhook.dropped", "events that were not delivered", counts.dropped(), tags);
        }
        queued.register(queues, true);
    }

    private List<MultiGauge.Row<?>> alarmRows() {
        Set<String> raised = new HashSet<>();
        TreeSet<String> names = new TreeSet<>();
        view.streams().all().stream().map(LiveStream::name).forEach(names::add);
        for (Alarm alarm : view.alarms().all()) {
            if (alarm.stream() != null) {
                names.add(alarm.stream());
                raised.add(alarm.stream() + '\0' + alarm.kind());
            }
        }
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (String name : names) {
            for (AlarmKind kind : KINDS) {
                int value = raised.contains(name + '\0' + kind) ? 1 : 0;
                rows.add(MultiGauge.Row.of(Tags.of("stream", name, "alarm", kind.toString()), value));
            }
        }
        return rows;
    }

    private void counter(String name, String help, LongAdder count, Tags tags) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .description(help)
                .tags(tags)
                .register(registry);
    }
}
