// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import io.github.srtnetty.relay.http.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, in memory. uPlot's are those of its WebJar; without it on the class path the page has no
 * graphs. Any thread.
 */
public final class PageFiles {
    /** Nothing is loaded from other hosts, the page has no inline script or style, and no other page may frame it. */
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    private static final String[] OWN = {
        "style.css",
        "icon.svg",
        "main.js",
        "api.js",
        "format.js",
        "dom.js",
        "login.js",
        "nodes.js",
        "table.js",
        "columns.js",
        "sparkline.js",
        "stream.js",
        "charts.js",
        "lane.js",
        "players.js",
        "confirm.js",
        "csv.js"
    };
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private record PageFile(String type, byte[] bytes, String tag) {}

    private final Map<String, PageFile> files = new LinkedHashMap<>();

    /** Reads all files. */
    public PageFiles() {
        add("/", "index.html", own("index.html"));
        for (String name : OWN) {
            add("/dashboard/" + name, name, own(name));
        }
        String folder = "META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        for (String name : new String[] {"uPlot.esm.js", "uPlot.min.css"}) {
            byte[] bytes = read(PageFiles.class.getClassLoader().getResourceAsStream(folder + name));
            if (bytes != null) {
                add("/dashboard/" + name, name, bytes);
            }
        }
    }

    /** Returns the paths. */
    public Set<String> paths() {
        return files.keySet();
    }

    /**
     * Returns a file, or 304 if the client has it.
     *
     * @param path one of {@link #paths}
     * @param knownTags the header If-None-Match, null without one
     */
    public HttpAnswer answer(String path, @Nullable String knownTags) {
        PageFile file = Objects.requireNonNull(files.get(path), path);
        boolean known = knownTags != null && knownTags.contains(file.tag);
        HttpAnswer answer =
                known ? HttpAnswer.of(304, file.type, new byte[0]) : HttpAnswer.of(200, file.type, file.bytes);
        return answer.with("etag", file.tag)
                .with("cache-control", "no-cache")
                .with("content-security-policy", POLICY)
                .with("referrer-policy", "no-referrer")
                .with("x-frame-options", "DENY")
                .with("cross-origin-opener-policy", "same-origin")
                .with("cross-origin-resource-policy", "same-origin");
    }

    private void add(String path, String name, byte[] bytes) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        files.put(path, new PageFile(Objects.requireNonNull(type, name), bytes, tag(bytes)));
    }

    private static byte[] own(String name) {
        return Objects.requireNonNull(read(PageFiles.class.getResourceAsStream(name)), name);
    }

    private static String uplotVersion() {
        Properties properties = new Properties();
        try (InputStream in = PageFiles.class.getResourceAsStream("uplot.properties")) {
            properties.load(Objects.requireNonNull(in, "uplot.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException("uplot.properties", e);
        }
        return properties.getProperty("version");
    }

    private static byte @Nullable [] read(@Nullable InputStream stream) {
        try (InputStream in = stream) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the page", e);
        }
    }

    /** Returns the tag of a file, a weak one because the compressed and the plain form share it. */
    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "W/\"" + HexFormat.of().formatHex(hash, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
