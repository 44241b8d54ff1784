// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A section of the service description table: names of programs (ETSI EN 300 468, 5.2.3).
 *
 * <pre>
 * original_network_id   16
 * reserved               8
 * for (each service) {
 *   service_id          16   the program_number
 *   flags                8
 *   running_status       3
 *   free_CA_mode         1
 *   descriptors_length  12
 *   descriptors              service_descriptor (0x48): service_type, provider, name
 * }
 * </pre>
 *
 * @param transportStreamId the transport_stream_id
 * @param services the services that have a service_descriptor
 */
public record Sdt(int transportStreamId, List<Service> services) {
    /** The PID of the SDT. */
    public static final int PID = 0x0011;
    /** The table_id of the SDT of this transport stream. */
    public static final int TABLE_ID = 0x42;

    private static final int SERVICE_DESCRIPTOR = 0x48;

    /**
     * A service.
     *
     * @param serviceId its program_number
     * @param serviceType the service_type: 1 television, 2 radio and others
     * @param provider the name of its provider
     * @param name its name
     */
    public record Service(int serviceId, int serviceType, String provider, String name) {}

    /** Copies the list. */
    public Sdt {
        services = List.copyOf(services);
    }

    /**
     * Decodes a section. The names come from the peer, so escape them before showing them.
     *
     * @throws MalformedDataException when it is not a section of an SDT, or a length exceeds its bounds
     */
    public static Sdt decode(Section section) {
        LongSections.check(section, TABLE_ID);
        List<Service> services = new ArrayList<>();
        int end = LongSections.end(section);
        for (int i = Section.LONG_HEADER_SIZE + 3; i < end; ) {
            if (end - i < 5) {
                throw LongSections.cut("descriptors_length", 5, end - i);
            }
            int length = section.unsignedShort(i + 3) & 0x0FFF;
            if (length > end - i - 5) {
                throw new MalformedDataException("descriptors_length", "at most " + (end - i - 5), length + "");
            }
            for (Descriptor descriptor : Descriptor.decodeLoop(section.array(), i + 5, length)) {
                if (descriptor.tag() == SERVICE_DESCRIPTOR) {
                    services.add(service(section.unsignedShort(i), descriptor.data()));
                }
            }
            i += 5 + length;
        }
        return new Sdt(section.tableIdExtension(), services);
    }

    private static Service service(int id, Bytes data) {
        int provider = data.length() < 2 ? 0 : data.at(1);
        int name = data.length() < 3 + provider ? 0 : data.at(2 + provider);
        if (data.length() < 3 + provider + name) {
            throw new MalformedDataException("service_descriptor", "names of " + data.length() + " bytes", "longer");
        }
        return new Service(id, data.at(0), text(data.slice(2, provider)), text(data.slice(3 + provider, name)));
    }

    /** Decodes text whose first byte may select a character table (EN 300 468, annex A); ISO 6937 as Latin-1. */
    private static String text(Bytes bytes) {
        if (bytes.isEmpty() || bytes.at(0) >= 0x20) {
            return bytes.text(StandardCharsets.ISO_8859_1);
        }
        int table = bytes.at(0);
        int skipped = Math.min(bytes.length(), table == 0x10 ? 3 : table == 0x1F ? 2 : 1);
        Charset charset = switch (table) {
            case 0x11 -> StandardCharsets.UTF_16BE;
            case 0x15 -> StandardCharsets.UTF_8;
            case 0x10 -> latin(bytes.length() < 3 ? 0 : bytes.at(2));
            default -> latin(table <= 0x0B ? table + 4 : 0);
        };
        return bytes.slice(skipped, bytes.length() - skipped).text(charset);
    }

    private static Charset latin(int part) {
        String name = "ISO-8859-" + part;
        return part > 0 && Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
    }
}
