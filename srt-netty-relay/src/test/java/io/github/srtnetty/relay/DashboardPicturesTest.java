// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.dashboard.Browser;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures of docs/relay-dashboard.md, of streams of ffmpeg. CONTRIBUTING.md has the command. */
@Tag("peers")
@Timeout(300)
@EnabledIfSystemProperty(
        named = "dashboard.pictures",
        matches = ".+",
        disabledReason = "takes pictures for the documents")
class DashboardPicturesTest {
    private static final Path FOLDER = Path.of(System.getProperty("dashboard.pictures", "."));
    private static final int MOST_BYTES = 150_000;

    @Test
    void takesThePictures() throws Exception {
        Files.createDirectories(FOLDER);
        List<Peer> publishers = new ArrayList<>();
        try (Harness harness = new Harness(RelayRules.DEFAULT, "latency=120");
                UdpProxy far = new UdpProxy(harness.relay().addresses().get(0), 42)
                        .losing(0.02)
                        .delaying(15)
                        .start();
                Browser browser = Browser.start()) {
            publishers.add(publish(far.address().getPort(), "live/stage"));
            publishers.add(publish(harness.port(), "live/studio"));
            publishers.add(publish(harness.port(), "remote/city"));
            harness.connect("read:live/stage", new ChannelInboundHandlerAdapter());
            harness.connect("read:live/stage", new ChannelInboundHandlerAdapter());
            harness.connect("read:remote/river", new ChannelInboundHandlerAdapter());
            String url = "http://127.0.0.1:" + harness.relay().httpAddress().getPort() + "/";
            browser.open(url);
            browser.awaitText("#count", "4 streams");
            Await.until(
                    "a minute has passed",
                    Duration.ofSeconds(90),
                    () -> browser.text("tr[data-state=live] td" + "[data-column=uptime]")
                                    .compareTo("0:00:50")
                            > 0);
            save("relay-dashboard.png", browser.picture(1280, 420, 1));
            browser.open(url + "#/stream/live%2Fstage");
            browser.click("[data-range='1m'].range");
            Await.until(
                    "the last minute is shown",
                    () -> browser.attribute("#graphs", "data-range").equals("1m"));
            browser.awaitText("[data-fact=State]", "live");
            save("relay-stream.png", browser.picture(960, 1560, 1));
            browser.colorScheme("dark");
            save("relay-stream-phone.png", browser.picture(400, 860, 1));
        } finally {
            for (Peer publisher : publishers) {
                publisher.close();
            }
        }
    }

    private static void save(String name, byte[] picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        BufferedImage small = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                small.setRGB(x, y, fewerColors(image.getRGB(x, y)));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(small, "png", bytes);
        assertThat(bytes.size()).as(name).isLessThan(MOST_BYTES);
        Files.write(FOLDER.resolve(name), bytes.toByteArray());
    }

    /** Rounds each part of a color to a multiple of 16: the edges of letters take less than half of the bytes. */
    private static int fewerColors(int rgb) {
        int color = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            color |= Math.min(255, (rgb >> shift & 255) + 8 & ~15) << shift;
        }
        return color;
    }

    private static Peer publish(int port, String stream) throws IOException {
        String command = "ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc2=size=320x180:rate=25 -c:v libx264"
                + " -preset ultrafast -tune zerolatency -b:v 2M -g 25 -f mpegts";
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add("srt://127.0.0.1:" + port + "?streamid=publish:" + stream + "&pkt_size=1316");
        return Peer.start(words);
    }
}
