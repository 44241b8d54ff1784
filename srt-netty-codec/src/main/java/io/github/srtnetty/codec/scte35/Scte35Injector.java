// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.PsiListener;
import io.github.srtnetty.codec.mpegts.PsiTracker;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.Timestamp;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPackets;
import io.github.srtnetty.codec.mpegts.TsProgram;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Inserts cues into a running transport stream. It announces a new splice PID in the PMT of one program (stream_type
 * 0x86, registration "CUEI", next version_number) and writes cues on it. The cues replace null packets; if too few null
 * packets arrive within {@link #LONGEST_WAIT_PACKETS} packets, the cues are added between the others. All other packets
 * are unchanged; added packets change the bit rate, but not the PCRs. If the program's PMT already names the PID for
 * cues, the stream's own cues stay, in order with the new ones, and the continuity_counter continues.
 *
 * <p>Add it after a {@code TsPacketDecoder}; it receives and fires {@code TsPackets}. Any thread may call {@link
 * #inject}. It tracks the first {@link PsiTracker#DEFAULT_MAX_PROGRAMS} programs of the PAT.
 */
public final class Scte35Injector extends ChannelInboundHandlerAdapter {
    /** The most packets for which a cue waits for null packets. */
    public static final int LONGEST_WAIT_PACKETS = 32;

    /** The number of cues that may wait for their time; further ones fail. */
    public static final int MAX_WAITING = 1024;

    /**
     * The longest wait of a cue, by the wall clock, for the PAT, the PMT and, if it needs one, a first PTS. Then its
     * future fails. A cue whose PTS is in the future continues to wait.
     */
    public static final Duration LONGEST_WAIT_FOR_STREAM = Duration.ofSeconds(10);
    /** The value for the first program of the PAT. */
    public static final int FIRST_PROGRAM = 0;

    private static final SpliceInfoSection HEARTBEAT =
            SpliceInfoSection.builder(SpliceNull.INSTANCE).build();

    private final int programNumber;
    private final int splicePid;
    private final PacketWeaver weaver = new PacketWeaver(LONGEST_WAIT_PACKETS);
    private final PsiTracker tracker = new PsiTracker(new Tables());
    private final List<Waiting> waiting = new ArrayList<>();
    private final SplicePidWriter cues;
    private boolean hasNew;
    private long lastLook90k = TsPacket.NONE;
    private @Nullable TsProgram program;
    private @Nullable PmtRewriter rewriter;
    /** The reason why cues are rejected; null while they are accepted. */
    private @Nullable String refusal;

    private @Nullable Duration heartbeatPeriod;
    private @Nullable Future<?> heartbeat;
    private volatile @Nullable ChannelHandlerContext context;

    private record Waiting(SpliceInfoSection section, OptionalLong pts90k, Promise<Void> written) {}

    /** Creates a handler that writes cues of the first program on {@code splicePid}, 0x10 to 0x1FFE. */
    public Scte35Injector(int splicePid) {
        this(FIRST_PROGRAM, splicePid);
    }

    /**
     * Creates a handler that writes cues on a PID that the stream does not use, or that the program's PMT names with
     * stream_type 0x86.
     *
     * @param programNumber 1 to 65535, or {@link #FIRST_PROGRAM}
     * @param splicePid 0x10 to 0x1FFE
     */
    public Scte35Injector(int programNumber, int splicePid) {
        if (splicePid < 0x10 || splicePid >= TsPacket.NULL_PID) {
            throw new IllegalArgumentException("splice PID " + splicePid + " is not within 0x10 and 0x1FFE");
        }
        this.programNumber = programNumber;
        this.splicePid = splicePid;
        this.cues = new SplicePidWriter(splicePid, weaver);
    }

    /**
     * Writes the cue as soon as the PMT announces the PID. The future completes when its last packet is passed on. Any
     * thread.
     */
    public Future<Void> inject(SpliceInfoSection section) {
        return inject(section, OptionalLong.empty());
    }

    /**
     * Writes the cue when the PTS of the program's video reaches {@code pts90k}. Any thread.
     *
     * @param pts90k ticks of 90 kHz, 0 to 2^33-1; a time up to 13 hours before the program's time is due immediately
     * @throws IllegalStateException when the handler is in no pipeline
     */
    public Future<Void> injectAt(SpliceInfoSection section, long pts90k) {
        return inject(section, OptionalLong.of(pts90k));
    }

    private Future<Void> inject(SpliceInfoSection section, OptionalLong pts90k) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("Scte35Injector is in no pipeline");
        }
        Waiting cue = new Waiting(section, pts90k, ctx.executor().newPromise());
        if (ctx.executor().inEventLoop()) {
            await(cue);
        } else {
            ctx.executor().execute(() -> await(cue));
        }
        return cue.written;
    }

    private void await(Waiting cue) {
        String obstacle = refusal != null ? refusal : obstacle();
        if (obstacle != null) {
            cue.written.tryFailure(new IllegalStateException(obstacle));
        } else if (waiting.size() == MAX_WAITING) {
            cue.written.tryFailure(new IllegalStateException(MAX_WAITING + " cues wait already"));
        } else {
            waiting.add(cue);
            hasNew = true;
            watch(cue);
        }
    }

    /** Fails the cue if the stream lacks what it needs for too long. */
    private void watch(Waiting cue) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        Runnable check = () -> {
            String missing = missing(cue);
            if (missing != null && waiting.remove(cue)) {
                String wait = " within " + LONGEST_WAIT_FOR_STREAM.toSeconds() + " s";
                cue.written.tryFailure(new IllegalStateException(missing + wait));
            }
        };
        ctx.executor().schedule(check, LONGEST_WAIT_FOR_STREAM.toMillis(), TimeUnit.MILLISECONDS);
    }

    private @Nullable String missing(Waiting cue) {
        if (program == null) {
            return "no PAT came";
        }
        if (rewriter == null || !rewriter.isAnnounced()) {
            return "no PMT of program " + program.programNumber() + " came";
        }
        boolean needsClock = cue.pts90k.isPresent() && program.lastPts90k() == TsPacket.NONE;
        return needsClock ? "no PTS of program " + program.programNumber() + " came" : null;
    }

    /** Returns why a cue cannot be written with the current tables, or null if there is no known reason. */
    private @Nullable String obstacle() {
        if (program == null && tracker.pat() != null) {
            return programNumber == FIRST_PROGRAM
                    ? "the PAT has no program"
                    : "the PAT has no program " + programNumber;
        }
        return rewriter == null ? null : rewriter.problem();
    }

    /** Fails the waiting cues if the tables show that they cannot be written. */
    private void failWaiting() {
        String obstacle = obstacle();
        if (obstacle == null || waiting.isEmpty()) {
            return;
        }
        List<Waiting> failed = List.copyOf(waiting);
        waiting.clear();
        failed.forEach(cue -> cue.written.tryFailure(new IllegalStateException(obstacle)));
    }

    /**
     * Writes a splice_null after each {@code period}, which shows receivers that the PID is alive; SCTE 35 suggests
     * about 5 minutes. Default: none. Call it before the handler is added.
     *
     * @throws IllegalArgumentException when {@code period} is not above 0
     */
    public Scte35Injector withHeartbeat(Duration period) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("heartbeat period: " + period + " is not above 0");
        }
        heartbeatPeriod = period;
        return this;
    }

    private void beat() {
        ChannelHandlerContext ctx = context;
        if (ctx != null && refusal == null && rewriter != null && rewriter.isAnnounced()) {
            cues.write(HEARTBEAT, ctx.executor().newPromise());
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        Duration period = heartbeatPeriod;
        if (period != null) {
            heartbeat = ctx.executor()
                    .scheduleAtFixedRate(this::beat, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        context = null;
        end("Scte35Injector was taken out of its pipeline");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("the stream ended before the cue was due");
        ctx.fireChannelInactive();
    }

    /** Fails all cues, including later ones, which the futures' listeners may add immediately. */
    private void end(String reason) {
        if (refusal != null) {
            return;
        }
        refusal = reason;
        rewriter = null;
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
        List<Promise<Void>> open = new ArrayList<>(weaver.clear());
        waiting.forEach(cue -> open.add(cue.written));
        waiting.clear();
        open.forEach(written -> written.tryFailure(new IllegalStateException(reason)));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof TsPackets packets) {
            ctx.fireChannelRead(weaver.weave(packets, ctx.alloc(), this::takesOut));
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    /** Inspects the stream, queues due cues, and replaces the packets of the PMT by rewritten ones. */
    private boolean takesOut(TsPacket packet, long packetIndex) {
        boolean ofCues = packet.pid() == splicePid && !packet.transportErrorIndicator();
        boolean takesOut = ofCues && refusal == null && takesOver(packet, packetIndex);
        tracker.accept(packet, packetIndex);
        if (rewriter != null && program != null && packet.pid() == program.pmtPid() && packet.hasPayload()) {
            rewriter.accept(packet, packetIndex);
            failWaiting();
            takesOut = true;
        }
        if (!waiting.isEmpty()) {
            queueDue();
        }
        return takesOut;
    }

    /** Accepts a packet of the stream's own cues; stops if the splice PID carries something else. */
    private boolean takesOver(TsPacket packet, long packetIndex) {
        Pmt pmt = program == null ? null : program.pmt();
        if (pmt == null) {
            cues.pass(packet, packetIndex); // a table that names it may follow
            return false;
        }
        if (!cues.hasTakenOver() && !namesCues(pmt)) {
            checkIsFree(packet.pid());
            return false;
        }
        String obstacle = SplicePidWriter.obstacle(packet);
        if (obstacle != null) {
            end(obstacle);
            return false;
        }
        cues.takeOver(packet, packetIndex);
        return true;
    }

    private boolean namesCues(Pmt pmt) {
        return pmt.streams().stream().anyMatch(this::isOfCues);
    }

    private boolean isOfCues(Pmt.Stream stream) {
        return stream.elementaryPid() == splicePid && stream.streamType() == StreamType.SCTE35;
    }

    /** Stops if {@code pid}, which the stream uses, is the splice PID. */
    private void checkIsFree(int pid) {
        if (pid == splicePid) {
            end("PID " + splicePid + " is in use in the stream");
        }
    }

    /** Queues the due cues. Checks them only if one is new or the program's time has changed. */
    private void queueDue() {
        long now = program == null ? TsPacket.NONE : program.lastPts90k();
        if (rewriter == null || !rewriter.isAnnounced() || (!hasNew && now == lastLook90k)) {
            return;
        }
        hasNew = false;
        lastLook90k = now;
        List<Waiting> due = new ArrayList<>();
        waiting.removeIf(cue -> isDue(cue, now) && due.add(cue));
        due.forEach(cue -> cues.write(cue.section, cue.written));
    }

    private static boolean isDue(Waiting cue, long now90k) {
        return cue.pts90k.isEmpty()
                || (now90k != TsPacket.NONE && Timestamp.difference(now90k, cue.pts90k.getAsLong()) >= 0);
    }

    /** Finds the program; stops if a table uses the splice PID for something else, or puts a clock in the PMT's PID. */
    private final class Tables implements PsiListener {
        @Override
        public void onPat(Pat pat) {
            TsProgram chosen = tracker.programs().stream()
                    .filter(entry -> programNumber == FIRST_PROGRAM || entry.programNumber() == programNumber)
                    .filter(entry -> entry.pmtPid() != TsPacket.NULL_PID) // reserved, whatever the PAT says
                    .findFirst()
                    .orElse(null);
            if (chosen != program) {
                program = chosen;
                rewriter = chosen == null || refusal != null
                        ? null
                        : new PmtRewriter(chosen.pmtPid(), chosen.programNumber(), splicePid, weaver::queueTable);
            }
            pat.networkPid().ifPresent(Scte35Injector.this::checkIsFree);
            tracker.programs().forEach(entry -> checkIsFree(entry.pmtPid()));
            tracker.programs().forEach(this::checkClock);
            failWaiting();
        }

        @Override
        public void onPmt(TsProgram changed, Pmt pmt) {
            if (changed == program && Descriptor.isRegistered(pmt.programInfo(), RegistrationDescriptor.HDMV)) {
                end("program " + changed.programNumber() + " is registered as HDMV, where stream_type 0x86 is DTS-HD");
            }
            checkIsFree(pmt.pcrPid());
            boolean chosen = changed == program;
            pmt.streams().stream()
                    .filter(stream -> !(chosen && isOfCues(stream)))
                    .forEach(stream -> checkIsFree(stream.elementaryPid()));
            if (chosen && cues.hasPassed() && !cues.hasTakenOver() && !namesCues(pmt)) {
                checkIsFree(splicePid);
            }
            checkClock(changed);
        }

        /** Stops if the packets of the PMT carry a PCR, because these packets are replaced completely. */
        private void checkClock(TsProgram entry) {
            int pmtPid = program == null ? TsPacket.NONE : program.pmtPid();
            Pmt pmt = entry.pmt();
            if (pmt != null && pmt.pcrPid() == pmtPid) {
                end("PID " + pmtPid + " carries both the PMT and a PCR, which would be lost");
            }
        }
    }
}
