// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Sequence;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many players for a while. By hand for longer: {@code -Drelay.seconds=60 -Drelay.players=20 -Drelay.churners=200}.
 * What it measured is printed.
 */
@Timeout(300)
@SuppressWarnings("try") // a sender works by being there
class RelayLoadTest {
    private static final int SECONDS = Integer.getInteger("relay.seconds", 8);
    private static final int PLAYERS = Integer.getInteger("relay.players", 20);
    private static final int CHURNERS = Integer.getInteger("relay.churners", 30);
    private static final long SEED = Long.getLong("relay.seed", System.nanoTime());
    private static final int FLAT_MEBIBYTES = 60; // half of what 100 connections would leave behind
    private static final String OPTIONS = "latency=1000&tlpktdrop=0";
    /** No player is too slow here: a machine that stands for seconds costs nobody a packet. */
    private static final String PATIENT =
            "{\"queueMillis\": 60000, \"queueBytes\": 268435456, \"maxConnectionsPerAddress\": 1000}";

    private static final Duration ARRIVAL = Duration.ofSeconds(60);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("test-players", true), SrtIoHandler.newFactory());

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Tag("slow")
    @Test
    void playersOfFiveMegabitsMissNothing() throws Exception {
        try (ChildRelay relay = start()) {
            List<Sequence.Checker> players = play(relay, PLAYERS);
            Channel publisher = publish(relay);
            try (Sequence.Sender sender = new Sequence.Sender(publisher, 5_000_000)) {
                pause(SECONDS * 1000L / 4);
                long before = relay.residentMebibytes();
                Duration worked = relay.cpuTime();
                pause(SECONDS * 1000L * 3 / 4);
                long after = relay.residentMebibytes();
                long percent = relay.cpuTime().minus(worked).toMillis() * 100 / (SECONDS * 750L);
                sender.close();
                System.out.printf(
                        "%d players: %d packets sent, resident %d MiB, then %d MiB, %d %% of a core%n",
                        PLAYERS, sender.sent(), before, after, percent);
                assertThat(after - before).isLessThan(FLAT_MEBIBYTES);
                assertEverythingArrives(relay, sender.sent(), players);
            }
            assertThat(relay.number("droppedPackets")).isZero();
        }
    }

    @Tag("slow")
    @Test
    void whoStaysMissesNothing_whileOthersComeAndGo_andNobodyIsForgotten() throws Exception {
        Random random = new Random(SEED);
        System.out.println("seed " + SEED);
        try (ChildRelay relay = start()) {
            List<Sequence.Checker> stayers = play(relay, 5);
            Channel publisher = publish(relay);
            try (Sequence.Sender sender = new Sequence.Sender(publisher, 1_000_000)) {
                // libsrt's threads come and go, and each new one may open an arena of the C library: that ends
                long comings = comeAndGo(relay, random, SECONDS * 500L);
                long before = relay.residentMebibytes();
                long threads = relay.threads();
                for (int quarter = 0; quarter < 2; quarter++) {
                    comings += comeAndGo(relay, random, SECONDS * 250L);
                    System.out.println("resident " + relay.residentMebibytes() + " MiB after " + comings + " comings");
                }
                long after = relay.residentMebibytes();
                System.out.printf(
                        "%d comings: resident %d MiB, then %d MiB; threads %d, then %d%n",
                        comings, before, after, threads, relay.threads());
                assertThat(after - before).isLessThan(FLAT_MEBIBYTES);
                Await.until("the threads of those who left are gone", ARRIVAL, () -> threads(relay) <= threads + 4);
                sender.close();
                assertEverythingArrives(relay, sender.sent(), stayers);
            }
            assertThat(relay.players()).isEqualTo(stayers.size());
        }
    }

    /** Lets players connect and leave at random; at the end all of them have left. */
    private long comeAndGo(ChildRelay relay, Random random, long millis) {
        ChannelFuture[] slots = new ChannelFuture[CHURNERS];
        long comings = 0;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            int slot = random.nextInt(CHURNERS);
            if (slots[slot] == null) {
                slots[slot] = Callers.connect(group, relay.port(), "read:x", "", new Sequence.Checker());
                comings++;
            } else {
                slots[slot].channel().close();
                slots[slot] = null;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(40)));
        }
        for (ChannelFuture slot : slots) {
            if (slot != null) {
                slot.channel().close();
            }
        }
        Await.until("only the stayers are there", ARRIVAL, () -> relay.players() == 5);
        return comings;
    }

    private List<Sequence.Checker> play(ChildRelay relay, int count) throws InterruptedException {
        List<Sequence.Checker> players = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Sequence.Checker player = new Sequence.Checker();
            Callers.connect(group, relay.port(), "read:x", "", player).sync();
            players.add(player);
        }
        Await.until("all play", ARRIVAL, () -> relay.players() == count);
        return players;
    }

    private static long threads(ChildRelay relay) {
        try {
            return relay.threads();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChildRelay start() throws IOException {
        Path config = Files.writeString(folder.resolve("relay.json"), PATIENT);
        return new ChildRelay(OPTIONS, "--config", config.toString());
    }

    private SrtChannel publish(ChildRelay relay) throws InterruptedException {
        return (SrtChannel) Callers.connect(group, relay.port(), "publish:x", "", new ChannelInboundHandlerAdapter())
                .sync()
                .channel();
    }

    private static void assertEverythingArrives(ChildRelay relay, long sent, List<Sequence.Checker> players) {
        for (Sequence.Checker player : players) {
            Await.until(
                    "packet " + sent + "; arrived: " + players + relay.page("/streams"),
                    ARRIVAL,
                    () -> player.last() == sent - 1);
            assertThat(player.first()).isZero();
            assertThat(player.missing()).isZero();
            assertThat(player.count()).isEqualTo(sent);
            assertThat(player.isDamaged()).isFalse();
        }
    }

    private static void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
