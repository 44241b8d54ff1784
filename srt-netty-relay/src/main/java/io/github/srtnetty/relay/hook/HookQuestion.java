// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * The question to the hook about a caller.
 *
 * @param streamId as the caller sent it
 * @param request what it asks for
 * @param peer its address
 * @param encrypted whether the relay requires a passphrase of it; libsrt decides after this question
 */
public record HookQuestion(String streamId, StreamRequest request, InetSocketAddress peer, boolean encrypted) {
    /** Returns the key of an answer: everything but the port. */
    ByteBuffer key() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(peer.getAddress().getAddress());
            digest.update((byte) (encrypted ? 1 : 0));
            digest.update((byte) request.role().ordinal());
            digest.update(request.name().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0); // no name has it
            return ByteBuffer.wrap(digest.digest(streamId.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    byte[] json() {
        return Json.object(json -> {
            json.writeStringField("streamId", streamId);
            json.writeStringField("role", request.role().toString());
            json.writeStringField("name", request.name());
            json.writeStringField("token", request.token());
            json.writeStringField("address", peer.getAddress().getHostAddress());
            json.writeNumberField("port", peer.getPort());
            json.writeStringField("encryption", encrypted ? "required" : "optional");
        });
    }

    /** Leaves out the stream id, which holds the token. */
    @Override
    public String toString() {
        return "HookQuestion[" + request + "]";
    }
}
