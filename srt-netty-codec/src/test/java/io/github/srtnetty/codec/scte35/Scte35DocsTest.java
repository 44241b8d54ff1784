// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.codec.scte35.form.CueForm;
import io.github.srtnetty.codec.scte35.hls.HlsForm;
import io.github.srtnetty.codec.scte35.json.Scte35Json;
import io.github.srtnetty.codec.scte35.xml.DashForm;
import io.github.srtnetty.codec.scte35.xml.XmlForm;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of docs/scte35.md, compiled and run; a block there that does not occur here fails the build. */
class Scte35DocsTest {
    private static final Path DOCUMENT = Path.of("../docs/scte35.md");
    /** The whole program of the chapter; a test of its module runs it. */
    private static final Path PROGRAM =
            Path.of("../srt-netty-examples/src/main/java/io/github/srtnetty/examples/guide/CuePrinter.java");

    private static final Path SOURCE = Path.of("src/test/java/io/github/srtnetty/codec/scte35/Scte35DocsTest.java");

    private final List<String> lines = new ArrayList<>();

    private void print(String line) {
        lines.add(line);
    }

    @Test
    void printsTheCuesOfAStream() {
        Scte35Json json = new Scte35Json();
        ChannelInitializer<Channel> cues = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new TsPacketDecoder())
                        .addLast(new Scte35Handler())
                        .addLast(new SimpleChannelInboundHandler<Scte35Cue>() {
                            @Override
                            protected void channelRead0(ChannelHandlerContext ctx, Scte35Cue cue) {
                                print(json.toJson(cue)); // with pre_roll_ms
                            }
                        });
            }
        };
        EmbeddedChannel channel = new EmbeddedChannel(cues);
        channel.writeInbound(Unpooled.copiedBuffer(Samples.stream("scte35.ts")));
        channel.finish();
        Streams.drain(channel);
        assertThat(lines).hasSize(10);
    }

    @Test
    void buildsACue() {
        SpliceInfoSection cue = SpliceInfoSection.builder(TimeSignal.at(900_000))
                .tier(0x001)
                .descriptor(SegmentationDescriptor.Event.builder(7, SegmentationType.PROVIDER_AD_BLOCK_START)
                        .duration(30 * 90_000)
                        .upid(SegmentationUpid.ofText(UpidType.URI, "urn:example:break:7"))
                        .segment(1, 1)
                        .build())
                .build();
        print(cue.toBase64());
        assertThat(SpliceInfoSection.fromBase64(lines.get(0))).isEqualTo(cue);
    }

    @Test
    void looksAtACue() {
        SpliceInfoSection cue = SpliceInfoSection.fromBase64("/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==");
        if (cue.command() instanceof TimeSignal signal) {
            print("at " + signal.spliceTime().ptsTime() + ", adjusted " + cue.adjustedSplicePts());
        }
        SpliceInfoSection later = cue.withPtsAdjustment(90_000);
        print(later.toBase64());
        assertThat(lines.get(0)).isEqualTo("at OptionalLong[1800391], adjusted OptionalLong[1800391]");
        assertThat(SpliceInfoSection.fromBase64(lines.get(1)).adjustedSplicePts())
                .hasValue(1_890_391);
    }

    @Test
    void writesAndReadsAForm() {
        CueForm hls = new HlsForm();
        byte[] tags = hls.write(SpliceInfoSection.fromBase64("/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw=="));
        CueDocument document = hls.examine(tags);
        print(document.cues().size() + " cue in " + document.summary());
        assertThat(lines).containsExactly("1 cue in a playlist of 1 lines and 0 segments");
    }

    @Test
    void writesXml() throws Exception {
        SpliceInfoSection cue =
                SpliceInfoSection.builder(TimeSignal.at(900_000)).tier(1).build();
        byte[] xml = new XmlForm().write(cue);
        byte[] manifest = new DashForm().write(cue);
        List<SpliceInfoSection> read = new XmlForm().read(xml);
        assertThat(read).containsExactly(cue);
        assertThat(Files.readString(DOCUMENT))
                .contains("```xml\n" + new String(xml, StandardCharsets.UTF_8) + "```")
                .contains("```xml\n" + new String(manifest, StandardCharsets.UTF_8) + "```");
    }

    @Test
    void everyBlockOfTheDocumentIsCompiled() throws Exception {
        String source = squeezed(Files.readString(SOURCE)) + squeezed(Files.readString(PROGRAM));
        Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        int count = 0;
        while (blocks.find()) {
            assertThat(source).contains(squeezed(blocks.group(1)));
            count++;
        }
        assertThat(count).isEqualTo(6);
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
