// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.bootstrap.SrtUri;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control API changes the settings of streams, in the file and in effect. */
class ApiConfigTest {
    private static final String FILE = """
            // streams of the test
            {
              "streams": {
                "a": {"publishToken": "old-token"} // one
              }
            }
            """;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Path file;
    private RelayServer relay;

    @BeforeEach
    void start() throws Exception {
        file = folder.resolve("relay.json");
        Files.writeString(file, FILE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        start(RelayConfig.load(file));
    }

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void putsPatchesAndDeletes_inTheFileAndInEffect() throws Exception {
        HttpResponse<String> read = send("GET", "a", "", "");
        assertThat(read.body()).isEqualTo("{\"publishToken\": {\"state\": \"set\"}}");
        assertThat(read.headers().firstValue("srt-netty-persistence")).contains("file");

        HttpResponse<String> patched =
                send("PATCH", "a", etag(read), "{\"alarmLossPercent\": 9, \"playToken\": \"p1\"}");
        assertThat(patched.statusCode()).isEqualTo(200);
        assertThat(patched.body())
                .isEqualTo("{\"publishToken\": {\"state\": \"set\"}, \"alarmLossPercent\": 9,"
                        + " \"playToken\": {\"state\": \"set\"}}");
        assertThat(Files.readString(file))
                .isEqualTo(FILE.replace(
                        "\"old-token\"}", "\"old-token\", \"alarmLossPercent\": 9, \"playToken\": \"p1\"}"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));

        assertThat(send("PUT", "a", etag(patched), "{\"publishToken\": {\"state\": \"set\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Files.readString(file)).isEqualTo(FILE);
        HttpResponse<String> created = send("PUT", "live%2Fx", "", "{\"passphrase\": \"a long passphrase\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("location")).contains("/api/v1/config/streams/live%2Fx");
        assertThat(relay.parts().state().rules().passphrase("live/x")).isEqualTo("a long passphrase");
        assertThat(send("GET", "", "", "").body())
                .contains("\"persistence\":\"file\"", "\"name\":\"live/x\",\"settings\":{\"passphrase\": {\"state\"")
                .doesNotContain("old-token", "a long passphrase");
        assertThat(send("DELETE", "live%2Fx", "*", "").statusCode()).isEqualTo(204);
        assertThat(Files.readString(file)).isEqualTo(FILE);
        assertThat(relay.parts().state().rules().streams()).containsOnlyKeys("a");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PUT    | a    | ``      | {}                                   | 428 | If-Match
            PUT    | a    | "other" | {}                                   | 412 | have changed
            PUT    | b    | *       | {}                                   | 412 | have changed
            PATCH  | b    | *       | {}                                   | 404 | lists no stream
            PATCH  | a    | ``      | {}                                   | 428 | If-Match
            DELETE | a    | W/"x"   | ``                                   | 412 | have changed
            DELETE | b    | *       | ``                                   | 404 | lists no stream
            PUT    | b    | ``      | {"passphrase": "short"}              | 422 | "pointer":"/passphrase"
            PUT    | b    | ``      | {"alarmLossPercent": 101}            | 422 | "pointer":"/alarmLossPercent"
            PUT    | b    | ``      | {"alarmLossPercent": "5"}            | 422 | must be a number
            PUT    | b    | ``      | {"alarmLossPercent": 1e99}           | 422 | must be a whole number
            PUT    | b    | ``      | {"alarmLossPercent": 99999999999999999999} | 422 | "pointer":"/alarmLossPercent"
            PUT    | b    | ``      | {"none/~": 1}                        | 422 | "pointer":"/none~1~0"
            PUT    | b    | ``      | {"playToken": ["x"]}                 | 422 | must be a string
            PUT    | b    | ``      | {"playToken": null}                  | 422 | must be a string
            PUT    | b    | ``      | {"playToken": {"state": "set"}}      | 422 | is not set yet
            PUT    | b    | ``      | {"playToken": "change-me"}           | 422 | of the sample
            PUT    | a%20b | ``     | {}                                   | 422 | stream
            PUT    | b    | ``      | {"playToken": "x", "playToken": "y"} | 400 | repeats a field
            PUT    | b    | ``      | []                                   | 400 | must be an object
            PUT    | b    | ``      | {} {}                                | 400 | unexpected content
            PUT    | b    | ``      | {"a": 1 /* no */}                    | 400 | not JSON
            PATCH  | a    | *       | null                                 | 400 | must be an object
            """)
    void refusesWhatCannotBe_andChangesNothing(
            String method, String name, String ifMatch, String body, int status, String reason) throws Exception {
        HttpResponse<String> answer = send(method, name, ifMatch, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(reason).doesNotContain("change-me\"", "old-token");
        assertThat(Files.readString(file)).isEqualTo(FILE);
        assertThat(relay.parts().state().rules().streams()).containsOnlyKeys("a");
    }

    @Test
    void takesTheMediaTypesThatItNames() throws Exception {
        HttpResponse<String> put = send("PUT", "b", "", "{}", "application/merge-patch+json");
        assertThat(put.statusCode()).isEqualTo(415);
        HttpResponse<String> patch = send("PATCH", "a", "*", "{}", "application/json");
        assertThat(patch.statusCode()).isEqualTo(415);
        assertThat(patch.headers().firstValue("accept-patch")).contains("application/merge-patch+json");
    }

    @Test
    void refusesToOverwriteAFileThatWasEditedMeanwhile() throws Exception {
        Files.writeString(file, FILE + "// by hand\n");
        HttpResponse<String> answer = send("PATCH", "a", "*", "{\"alarmLossPercent\": 9}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("reload it");
        assertThat(Files.readString(file)).isEqualTo(FILE + "// by hand\n");

        relay.reload(RelayConfig.load(file));
        assertThat(send("PATCH", "a", "*", "{\"alarmLossPercent\": 9}").statusCode())
                .isEqualTo(200);
        assertThat(Files.readString(file)).contains("\"alarmLossPercent\": 9").endsWith("// by hand\n");
    }

    @Test
    void followsALink_andKeepsIt() throws Exception {
        relay.close();
        Path link = folder.resolve("link.json");
        Path target = Files.createDirectory(folder.resolve("real")).resolve("relay.json");
        Files.move(file, target);
        Files.createSymbolicLink(link, target);
        start(RelayConfig.load(link));
        assertThat(send("PUT", "b", "", "{}").statusCode()).isEqualTo(201);
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(target)).contains("\"b\": {}");
    }

    @Test
    void keepsChangesInMemory_whereTheFileMustNotBeWritten() throws Exception {
        relay.close();
        start(RelayConfig.load(file).readOnly());
        HttpResponse<String> created = send("PUT", "b", "", "{\"playToken\": \"p1\"}");
        assertThat(created.headers().firstValue("srt-netty-persistence")).contains("memory");
        assertThat(send("GET", "", "", "").body()).contains("\"persistence\":\"memory\"", "\"name\":\"b\"");
        assertThat(relay.parts().state().rules().streams()).containsOnlyKeys("a", "b");
        assertThat(Files.readString(file)).isEqualTo(FILE);
    }

    @Test
    void needsNoFile() throws Exception {
        relay.close();
        start(RelayConfig.DEFAULT);
        assertThat(send("PUT", "b", "", "{\"alarmHoldSeconds\": 7}").statusCode())
                .isEqualTo(201);
        assertThat(send("GET", "b", "", "").body()).isEqualTo("{\"alarmHoldSeconds\": 7}");
    }

    private void start(RelayConfig config) throws Exception {
        relay = RelayServer.start(
                List.of(SrtUri.parse("srt://127.0.0.1:0?mode=listener")),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                config);
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("etag").orElseThrow();
    }

    private HttpResponse<String> send(String method, String name, String ifMatch, String body) throws Exception {
        return send(
                method, name, ifMatch, body, "application/" + (method.equals("PATCH") ? "merge-patch+json" : "json"));
    }

    private HttpResponse<String> send(String method, String name, String ifMatch, String body, String type)
            throws IOException, InterruptedException {
        String path = "/api/v1/config/streams" + (name.isEmpty() ? "" : "/" + name);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + relay.httpAddress().getPort() + path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!ifMatch.isEmpty()) {
            request.header("If-Match", ifMatch);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
