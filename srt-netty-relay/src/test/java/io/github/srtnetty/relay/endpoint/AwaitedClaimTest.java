// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtCloseReason;
import io.github.srtnetty.channel.SrtPeerGoneEvent;
import io.github.srtnetty.relay.access.Admission;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.access.Places;
import io.github.srtnetty.relay.claim.Claims;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.NodeReport;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.event.EventBus;
import io.github.srtnetty.relay.monitor.CallerLog;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.github.srtnetty.relay.monitor.CallerStatistics;
import io.github.srtnetty.relay.monitor.CloseCause;
import io.github.srtnetty.relay.stream.Streams;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.github.srtnetty.testing.Sequence;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What happens to a publisher until the directory has answered, without libsrt and without a clock. */
class AwaitedClaimTest {
    private final SlowDirectory directory = new SlowDirectory();
    private final Streams streams = new Streams();
    private final Places places = new Places(streams::isPublished);
    private final RelayState state = new RelayState(RelayRules.DEFAULT);
    private final CallerStatistics statistics = new CallerStatistics();
    private final Endpoints endpoints = new Endpoints(
            streams,
            state,
            places,
            new Bans(),
            new CallerReports(statistics, new CallerLog(Runnable::run)),
            new EventBus(),
            new Claims(directory),
            name -> {});

    @Test
    void whatItSendsBeforeTheGrant_isRelayedAfterIt_inOrder() throws Exception {
        EmbeddedChannel player = join(Role.PLAY);
        EmbeddedChannel publisher = join(Role.PUBLISH);
        publisher.writeInbound(Sequence.payload(0), Sequence.payload(1));
        player.runPendingTasks();
        assertThat(player.<Object>readOutbound()).as("nothing before the grant").isNull();

        directory.answer(new ClaimOutcome.Granted(SlowDirectory.entry()));
        publisher.runPendingTasks();
        publisher.writeInbound(Sequence.payload(2));
        player.runPendingTasks();

        assertThat(numbers(player)).containsExactly(0L, 1L, 2L);
        assertThat(publisher.pipeline().get(AwaitedClaim.class)).isNull();
        publisher.close();
        assertThat(directory.released).containsExactly("x");
        player.close();
    }

    @Test
    void aNameThatAnotherNodeHas_closesIt() throws Exception {
        EmbeddedChannel publisher = join(Role.PUBLISH);
        publisher.writeInbound(Sequence.payload(0));
        directory.answer(new ClaimOutcome.Taken(SlowDirectory.entry()));
        publisher.runPendingTasks();

        assertClosed(publisher, CloseCause.NAME_TAKEN);
        assertThat(directory.released).isEmpty();
    }

    @Test
    void aDirectoryThatFails_closesIt() throws Exception {
        EmbeddedChannel publisher = join(Role.PUBLISH);
        directory.pending.completeExceptionally(new IllegalStateException("broken"));
        publisher.runPendingTasks();

        assertClosed(publisher, CloseCause.NO_CLAIM);
    }

    @Test
    void aDirectoryThatHangs_closesItAfterTenSeconds_andALateGrantIsGivenBack() throws Exception {
        EmbeddedChannel publisher = join(Role.PUBLISH);
        publisher.freezeTime();
        publisher.writeInbound(Sequence.payload(0));
        publisher.advanceTimeBy(AwaitedClaim.MOST_MILLIS - 1, TimeUnit.MILLISECONDS);
        publisher.runScheduledPendingTasks();
        assertThat(publisher.isOpen()).isTrue();
        publisher.advanceTimeBy(1000, TimeUnit.MILLISECONDS);
        publisher.runScheduledPendingTasks();

        assertClosed(publisher, CloseCause.NO_CLAIM);
        directory.answer(new ClaimOutcome.Granted(SlowDirectory.entry()));
        publisher.runPendingTasks();
        assertThat(directory.released).containsExactly("x");
    }

    @Test
    void aClaimThatIsLostBeforeItIsUsed_closesIt() throws Exception {
        EmbeddedChannel publisher = join(Role.PUBLISH);
        publisher.writeInbound(Sequence.payload(0));
        directory.grantALostOne();
        publisher.runPendingTasks();

        assertThat(publisher.isOpen()).isFalse();
        assertThat(directory.released)
                .as("it does not come back without a publisher")
                .containsExactly("x");
        assertThat(places.taken()).isZero();
    }

    @Test
    void aPublisherThatLeavesBeforeTheGrant_givesItBack() throws Exception {
        EmbeddedChannel publisher = join(Role.PUBLISH);
        publisher.writeInbound(Sequence.payload(0));
        publisher.close();
        directory.answer(new ClaimOutcome.Granted(SlowDirectory.entry()));
        publisher.runPendingTasks();

        assertThat(directory.released).containsExactly("x");
        assertThat(streams.all()).isEmpty();
        assertThat(places.taken()).isZero();
    }

    @Test
    void aNodeThatBeginsToDrainBeforeTheGrant_closesIt_andGivesItsNameBack() throws Exception {
        EmbeddedChannel publisher = join(Role.PUBLISH);
        publisher.writeInbound(Sequence.payload(0));
        state.startDraining();
        directory.answer(new ClaimOutcome.Granted(SlowDirectory.entry()));
        publisher.runPendingTasks();

        assertThat(publisher.isOpen()).isFalse();
        assertThat(directory.released).containsExactly("x");
        assertThat(streams.all()).isEmpty();
        assertThat(places.taken()).isZero();
    }

    /** It has left, and what it sent is still to be delivered: its name is free at once. */
    @Test
    void aPublisherThatSaidGoodbyeBeforeTheGrant_isDelivered_andItsNameIsFree() throws Exception {
        EmbeddedChannel player = join(Role.PLAY);
        EmbeddedChannel publisher = join(Role.PUBLISH);
        publisher.writeInbound(Sequence.payload(0));
        publisher.pipeline().fireUserEventTriggered(new SrtPeerGoneEvent(SrtCloseReason.PEER_CLOSED));
        directory.answer(new ClaimOutcome.Granted(SlowDirectory.entry()));
        publisher.runPendingTasks();
        player.runPendingTasks();

        assertThat(numbers(player)).containsExactly(0L);
        assertThat(directory.released).containsExactly("x");
        publisher.close();
        player.close();
    }

    @Test
    void moreThanTheBound_losesTheOldest() throws Exception {
        EmbeddedChannel player = join(Role.PLAY);
        EmbeddedChannel publisher = join(Role.PUBLISH);
        for (int i = 0; i < 4000; i++) {
            publisher.writeInbound(Sequence.payload(i));
        }
        directory.answer(new ClaimOutcome.Granted(SlowDirectory.entry()));
        publisher.runPendingTasks();
        player.runPendingTasks();

        List<Long> numbers = numbers(player);
        assertThat(numbers).hasSizeBetween(2000, 3900).last().isEqualTo(3999L);
        publisher.close();
        player.close();
    }

    private void assertClosed(EmbeddedChannel publisher, CloseCause cause) {
        assertThat(publisher.isOpen()).isFalse();
        assertThat(statistics.closed(cause).sum()).isEqualTo(1);
        assertThat(places.taken()).isZero();
        assertThat(streams.all()).isEmpty();
    }

    private EmbeddedChannel join(Role role) throws Exception {
        StreamRequest request = new StreamRequest(role, "x", "");
        Places.Outcome outcome = places.take(
                InetAddress.getLoopbackAddress(), request, RelayRules.DEFAULT, () -> false, System.nanoTime());
        EmbeddedChannel channel = new EmbeddedChannel();
        endpoints.join(channel, new Admission(request, RelayRules.DEFAULT, outcome.place(), ""));
        channel.pipeline().fireChannelActive();
        return channel;
    }

    private static List<Long> numbers(EmbeddedChannel player) {
        List<Long> numbers = new ArrayList<>();
        for (ByteBuf sent = player.readOutbound(); sent != null; sent = player.readOutbound()) {
            numbers.add(sent.readLong());
            sent.release();
        }
        return numbers;
    }

    /** Answers when the test says so. */
    private static final class SlowDirectory implements StreamDirectory {
        private final CompletableFuture<ClaimOutcome> pending = new CompletableFuture<>();
        private final List<String> released = new ArrayList<>();
        private boolean lost;

        static StreamEntry entry() {
            return new StreamEntry("x", "a", "1", 1, "", Instant.EPOCH, StreamEntry.State.LIVE);
        }

        void answer(ClaimOutcome outcome) {
            pending.complete(outcome);
        }

        /** Grants the claim, which is lost before the caller has the answer, to a publisher that has left again. */
        void grantALostOne() {
            lost = true;
            answer(new ClaimOutcome.Granted(entry()));
        }

        @Override
        public @Nullable StreamEntry find(String name) {
            return pending.isDone() && !lost && pending.join() instanceof ClaimOutcome.Granted granted
                    ? granted.claim()
                    : null;
        }

        @Override
        public Collection<StreamEntry> streams() {
            return List.of();
        }

        @Override
        public CompletionStage<ClaimOutcome> claim(String name) {
            return pending;
        }

        @Override
        public void release(StreamEntry claim) {
            released.add(claim.name());
        }

        @Override
        public void silent(StreamEntry claim, boolean silent) {
            // nobody reads it
        }

        @Override
        public boolean acceptsPublishers() {
            return true;
        }

        @Override
        public List<DirectoryNode> nodes() {
            return List.of(node("a", true), node("b", false));
        }

        private static DirectoryNode node(String name, boolean self) {
            return new DirectoryNode(name, self, self, Instant.EPOCH, null);
        }

        @Override
        public String self() {
            return "a";
        }

        @Override
        public void report(NodeReport report) {
            // nobody reads it
        }

        @Override
        public void watch(DirectoryListener listener) {
            // nothing happens
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
