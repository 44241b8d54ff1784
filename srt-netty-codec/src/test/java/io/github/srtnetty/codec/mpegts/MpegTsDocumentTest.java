// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MpegTsDocumentTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path TESTS = Path.of("src/test/java/io/github/srtnetty/codec/mpegts");

    @Test
    void showsOnlyCodeThatIsCompiledHere() throws IOException {
        String compiled = squeezed(Files.readString(TESTS.resolve("PipelineSample.java"))
                + Files.readString(TESTS.resolve("MpegTsDocumentTest.java")));
        List<String> blocks = JAVA_BLOCK
                .matcher(Files.readString(Path.of("../docs/mpegts.md")))
                .results()
                .map((MatchResult block) -> squeezed(block.group(1)))
                .toList();

        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2);
        assertThat(blocks).allSatisfy(block -> assertThat(compiled).contains(block));
    }

    @Test
    void findsWhatTheDocumentSays_inASampleStream() {
        PipelineSample sample = new PipelineSample();
        EmbeddedChannel channel = new EmbeddedChannel(sample);

        channel.writeInbound(Unpooled.wrappedBuffer(TsSamples.bytes("scte35.ts")));
        channel.finish();

        assertThat(sample.viewer().streamTypes)
                .isEqualTo(Map.of(0x100, StreamType.AVC, 0x101, StreamType.AAC_ADTS, 500, StreamType.SCTE35));
        assertThat(sample.viewer().randomAccessPoints).isPositive();
        assertThat(sample.viewer().lostPackets).isZero();
    }

    @Test
    void writesTablesAsTheDocumentSays() {
        Pat pat = new Pat(1, 0, List.of(new Pat.Program(1, 0x1000)));
        Pmt pmt = new Pmt(
                1,
                0,
                0x100,
                List.of(new RegistrationDescriptor(RegistrationDescriptor.CUEI)),
                List.of(new Pmt.Stream(StreamType.SCTE35, 0x1F4, List.of())));
        var out = Unpooled.buffer();

        var patPackets = new SectionPacketizer(Pat.PID);
        var pmtPackets = new SectionPacketizer(0x1000);
        pat.encode().forEach(section -> patPackets.write(section, out));
        pmtPackets.write(pmt.encode(), out);

        EmbeddedChannel channel = new EmbeddedChannel(new PsiHandler());
        channel.writeInbound(TsPackets.of(out));
        assertThat(channel.<Pat>readInbound()).isEqualTo(pat);
        assertThat(channel.<Pmt>readInbound()).isEqualTo(pmt);
        channel.releaseInbound();
    }

    @Test
    void reportsAnOutage_asTheDocumentSays() {
        List<String> alarms = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel();
        Tr101290Analyzer analyzer = new Tr101290Analyzer(Tr101290Limits.DEFAULT.withPid(Duration.ofSeconds(3)));
        channel.pipeline().addLast(TsPacketDecoder.analyzing(), analyzer, new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event instanceof Tr101290Event error) {
                    alarms.add(error.check().indicator() + " " + error.phase() + ": " + error.detail());
                }
            }
        });

        channel.writeInbound(Unpooled.wrappedBuffer(
                new Multiplex(2000).without(Pat.PID, 302, 1002).bytes()));
        channel.finishAndReleaseAll();

        assertThat(alarms)
                .containsExactly("PAT_error BEGIN: no PAT for 0.519 s", "PAT_error END: PAT again after 0.800 s");
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").trim();
    }
}
