// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.mpegts.Sdt;
import io.github.srtnetty.codec.mpegts.Section;
import io.github.srtnetty.codec.mpegts.SectionAssembler;
import io.github.srtnetty.codec.mpegts.SectionError;
import io.github.srtnetty.codec.mpegts.SectionListener;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketInspector;
import io.github.srtnetty.libsrt.PeerText;
import io.netty.channel.ChannelHandlerContext;
import java.util.HashMap;
import java.util.Map;

/** Reads the names of services from the SDT. */
final class ServiceNames extends TsPacketInspector implements SectionListener {
    private static final int MOST_SERVICES = 1024;
    private static final int SDT_OF_THIS_STREAM = Sdt.TABLE_ID;

    private final SectionAssembler sections = new SectionAssembler(Sdt.PID, this);
    private final Map<Integer, Sdt.Service> services = new HashMap<>();

    /** Returns the name of a service, escaped; empty where it is not known. */
    String name(int program) {
        Sdt.Service service = services.get(program);
        return service == null ? "" : PeerText.printable(service.name());
    }

    /** Returns the provider of a service, escaped; empty where it is not known. */
    String provider(int program) {
        Sdt.Service service = services.get(program);
        return service == null ? "" : PeerText.printable(service.provider());
    }

    @Override
    protected void inspect(ChannelHandlerContext ctx, TsPacket packet, long packetIndex) {
        if (packet.pid() == Sdt.PID) {
            sections.accept(packet, packetIndex);
        }
    }

    @Override
    public void onSection(Section section) {
        if (section.tableId() != SDT_OF_THIS_STREAM) {
            return;
        }
        try {
            for (Sdt.Service service : Sdt.decode(section).services()) {
                if (services.size() < MOST_SERVICES || services.containsKey(service.serviceId())) {
                    services.put(service.serviceId(), service);
                }
            }
        } catch (MalformedDataException e) {
            return; // without names
        }
    }

    @Override
    public void onSectionError(SectionError error) {
        // counted as an error of TR 101 290 where it is one
    }
}
