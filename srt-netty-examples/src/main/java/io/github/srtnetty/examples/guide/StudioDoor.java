// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtStreamId;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.netty.bootstrap.ServerBootstrap;
import java.util.Map;

/** Lets in those whose stream is known, each with the passphrase of its stream. */
public final class StudioDoor implements SrtAcceptFilter {
    private final Map<String, String> passphrases;

    /** Creates one; the map is from a stream's name to its passphrase and must be safe to read from another thread. */
    public StudioDoor(Map<String, String> passphrases) {
        this.passphrases = Map.copyOf(passphrases);
    }

    @Override
    public SrtAcceptDecision decide(SrtAcceptRequest request) {
        if (!SrtStreamId.isStandard(request.streamId())) {
            return SrtAcceptDecision.reject(SrtRejectReason.BAD_REQUEST);
        }
        SrtStreamId id = SrtStreamId.parse(request.streamId());
        String passphrase = id.resource() == null ? null : passphrases.get(id.resource());
        if (passphrase == null) {
            return SrtAcceptDecision.reject(SrtRejectReason.NOTFOUND);
        }
        return SrtAcceptDecision.accept().with(SrtOptions.SRTO_PASSPHRASE, passphrase);
    }

    static ServerBootstrap guard(ServerBootstrap listener, Map<String, String> passphrases) {
        return listener.option(SrtChannelOption.ACCEPT_FILTER, new StudioDoor(passphrases));
    }
}
