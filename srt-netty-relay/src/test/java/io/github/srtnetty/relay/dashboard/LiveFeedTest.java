// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.http.HttpStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
    private final LiveFeed feed = new LiveFeed();
    private final List<String> made = new ArrayList<>();

    private static final class Page implements HttpStream {
        private final List<byte[]> events = new ArrayList<>();
        private Runnable onClose = () -> {};
        private boolean writable = true;
        private boolean closed;

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public void write(byte[] bytes) {
            events.add(bytes);
        }

        @Override
        public void close() {
            closed = true;
            onClose.run();
        }

        @Override
        public void onClose(Runnable task) {
            onClose = task;
        }
    }

    @Test
    void writesAnEventOnceForAllPagesOfATopic() {
        Page first = open("");
        Page second = open("");
        Page other = open("x");
        made.clear();

        feed.send(this::event);
        assertThat(made).containsExactlyInAnyOrder("", "x");
        assertThat(first.events.get(1)).isSameAs(second.events.get(1));
        assertThat(other.events).hasSize(2);
    }

    @Test
    void aPageThatIsSlowMissesEvents_andDelaysNobody() {
        Page slow = open("");
        Page fast = open("");
        slow.writable = false;
        feed.send(this::event);
        feed.send(this::event);
        slow.writable = true;
        feed.send(this::event);

        assertThat(slow.events).hasSize(2);
        assertThat(fast.events).hasSize(4);
    }

    @Test
    void makesNoEventThatNobodyTakes() {
        Page page = open("");
        page.writable = false;
        made.clear();

        feed.send(this::event);
        page.close();
        feed.send(this::event);
        assertThat(made).isEmpty();
        assertThat(feed.isEmpty()).isTrue();
    }

    @Test
    void servesSoManyPagesAndNoMore() {
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < LiveFeed.MOST_PAGES; i++) {
            assertThat(feed.hasRoom()).isTrue();
            pages.add(open("" + i % 3));
        }
        assertThat(feed.hasRoom()).isFalse();
        assertThat(open("").closed).isTrue();
        pages.get(0).close();
        assertThat(feed.hasRoom()).isTrue();
        feed.closeAll();
        assertThat(pages).allMatch(page -> page.closed);
        assertThat(feed.isEmpty()).isTrue();
    }

    @Test
    void anEventHasANameAndOneLineOfData() {
        byte[] event = LiveFeed.event("streams", "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(new String(event, StandardCharsets.UTF_8)).isEqualTo("event: streams\ndata: {}\n\n");
    }

    private Page open(String topic) {
        Page page = new Page();
        feed.add(topic, page, this::event);
        return page;
    }

    private byte[] event(String topic) {
        made.add(topic);
        return topic.getBytes(StandardCharsets.UTF_8);
    }
}
