// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.PsiListener;
import io.github.srtnetty.codec.mpegts.PsiTracker;
import io.github.srtnetty.codec.mpegts.SectionError;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketInspector;
import io.github.srtnetty.codec.mpegts.TsProgram;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the cues from a transport stream. It finds the splice PIDs in the PMTs, tracks their changes, and fires a
 * {@link Scte35Cue} for each cue, before it passes on the unchanged {@code TsPackets} in which the cue ended.
 *
 * <p>User events: {@link Scte35Failure} for data that is not a cue, {@link SectionError} for unusable tables and, if
 * the options enable them, {@link SpliceEvent} and {@link HeartbeatLost}. Add it after a {@code TsPacketDecoder}. Runs
 * on the channel's event loop. Holds at most 4096 bytes of a section per PID. {@link Scte35Options} limits the number
 * of programs and splice PIDs.
 */
public final class Scte35Handler extends TsPacketInspector {
    private final Scte35Options options;
    private final PsiTracker tracker;
    private final @Nullable SpliceStream[] byPid = new SpliceStream[TsPacket.PID_COUNT];
    private final Set<SpliceStream> streams = new LinkedHashSet<>();
    private final SpliceStream.Listener firing = new Firing();
    private final TsProgram noProgram = TsProgram.unknown();
    private final Tables tables = new Tables();
    private final SpliceEventTracker events = new SpliceEventTracker(this::fireUserEvent);
    private @Nullable ChannelHandlerContext context;
    private long packetIndex;

    /** Creates a handler with {@link Scte35Options#DEFAULT}. */
    public Scte35Handler() {
        this(Scte35Options.DEFAULT);
    }

    /** Creates a handler with {@code options}. */
    public Scte35Handler(Scte35Options options) {
        this.options = options;
        this.tracker = new PsiTracker(tables, options.maxPrograms());
    }

    /** Returns the current PAT, PMTs and clocks. Event loop. */
    public PsiTracker tables() {
        return tracker;
    }

    /** Returns the PIDs that are currently searched for cues. Event loop. */
    public List<Integer> splicePids() {
        return streams.stream().map(SpliceStream::pid).toList();
    }

    /** Returns the open breaks and segments, with {@link Scte35Options#withEventTracking}. Event loop. */
    public List<SpliceEvent> openEvents() {
        return events.open();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        options.splicePids().forEach(tables::settle);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        streams.forEach(stream -> stream.alarm(null));
        context = null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        streams.forEach(stream -> stream.alarm(null));
        ctx.fireChannelInactive();
    }

    @Override
    protected void inspect(ChannelHandlerContext ctx, TsPacket packet, long packetIndex) {
        this.packetIndex = packetIndex;
        tracker.accept(packet, packetIndex);
        SpliceStream stream = byPid[packet.pid()];
        if (stream != null) {
            stream.accept(packet, packetIndex);
        }
        if (packet.payloadUnitStartIndicator() && !events.programsToAdvance().isEmpty()) {
            advanceEvents(packet.pid());
        }
    }

    /** Closes the breaks that have ended by the last PTS on {@code pid}. */
    private void advanceEvents(int pid) {
        List<TsProgram> reached = new ArrayList<>(1);
        for (int number : events.programsToAdvance()) {
            TsProgram program = tracker.program(number);
            if (program != null && program.ptsPid() == pid && program.lastPts90k() != TsPacket.NONE) {
                reached.add(program);
            }
        }
        reached.forEach(program -> events.advance(program.programNumber(), program.lastPts90k()));
    }

    private void fireUserEvent(Object event) {
        if (context != null) {
            context.fireUserEventTriggered(event);
        }
    }

    /** Restarts the alarm of a PID, which fires {@link HeartbeatLost} if no cue arrives in time. */
    private void arm(SpliceStream stream) {
        Duration timeout = options.heartbeatTimeout();
        if (timeout == null || context == null) {
            return;
        }
        HeartbeatLost event = new HeartbeatLost(stream.pid(), stream.program().programNumber(), timeout);
        stream.alarm(context.executor().schedule(() -> fireUserEvent(event), timeout.toNanos(), TimeUnit.NANOSECONDS));
    }

    /**
     * Updates the splice PIDs after a change of the tables. A PID that stays with its program keeps its incomplete
     * section.
     */
    private final class Tables implements PsiListener {
        private final SplicePidOwners owners = new SplicePidOwners();
        private final SplicePidVersions versions = new SplicePidVersions();
        private final Set<Integer> freed = new LinkedHashSet<>();

        @Override
        public void onPsiError(SectionError error) {
            fireUserEvent(error);
        }

        @Override
        public void onPat(Pat pat) {
            freed.forEach(this::settle);
            freed.clear();
        }

        @Override
        public void onPmt(TsProgram program, Pmt pmt) {
            List<SplicePids.Found> found = versions.listed(program, pmt, SplicePids.of(pmt, options));
            int room = options.maxSplicePids() - owners.claimsOfOthers(program);
            if (found.size() > room) {
                String wanted = owners.claimsOfOthers(program) + found.size() + "";
                MalformedDataException cause =
                        new MalformedDataException("splice PIDs", "at most " + options.maxSplicePids(), wanted);
                fireUserEvent(
                        new Scte35Failure(program.pmtPid(), program.programNumber(), packetIndex, cause, Bytes.EMPTY));
                found = found.subList(0, room);
            }
            owners.list(program, found).forEach(this::settle);
        }

        @Override
        public void onProgramRemoved(TsProgram program) {
            versions.forget(program);
            freed.addAll(
                    owners.list(program, List.of())); // not given to another program yet, which may be removed next
        }

        private Map.Entry<TsProgram, SplicePids.Found> unlisted(int pid) {
            return Map.entry(noProgram, new SplicePids.Found(pid, true, true));
        }

        private void settle(int pid) {
            Map.Entry<TsProgram, SplicePids.Found> owner = owners.ownerOf(pid);
            if (owner == null && options.splicePids().contains(pid)) {
                owner = unlisted(pid);
            }
            SpliceStream stream = byPid[pid];
            if (stream != null && (owner == null || !stream.is(owner.getValue(), owner.getKey()))) {
                stream.alarm(null);
                streams.remove(stream);
                byPid[pid] = null;
            }
            if (byPid[pid] == null && owner != null) {
                SpliceStream next = new SpliceStream(owner.getValue(), owner.getKey(), options, firing);
                byPid[pid] = next;
                streams.add(next);
                arm(next);
            }
        }
    }

    private final class Firing implements SpliceStream.Listener {
        @Override
        public void onCue(SpliceStream stream, Scte35Cue cue) {
            arm(stream);
            if ((options.deduplicate() && cue.repetition() > 0) || context == null) {
                return;
            }
            context.fireChannelRead(cue);
            if (options.trackEvents()) {
                events.accept(cue);
            }
        }

        @Override
        public void onFailure(Scte35Failure failure) {
            fireUserEvent(failure);
        }
    }
}
