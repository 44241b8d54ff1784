// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a {@link SpliceInfoSection}. Computes lengths and CRCs; reserved bits are 1. */
public final class SpliceInfoBuilder {
    private SpliceCommand command;
    private final List<SpliceDescriptor> descriptors = new ArrayList<>();
    private int sapType = 3;
    private int protocolVersion;
    private long ptsAdjustment;
    private int cwIndex;
    private int tier = 0xFFF;
    private Bytes alignmentStuffing = Bytes.EMPTY;
    private @Nullable EncryptionAlgorithm algorithm;
    private Bytes key = Bytes.EMPTY;
    private int opaqueAlgorithm;
    private int opaqueCommandLength;

    SpliceInfoBuilder(SpliceCommand command) {
        this.command = command;
    }

    SpliceInfoBuilder(SpliceInfoSection section) {
        this(section.command());
        descriptors.addAll(section.descriptors());
        sapType = section.sapType();
        protocolVersion = section.protocolVersion();
        ptsAdjustment = section.ptsAdjustment();
        cwIndex = section.cwIndex();
        tier = section.tier();
        alignmentStuffing = section.encryptedPacket() ? Bytes.EMPTY : section.alignmentStuffing();
        opaqueAlgorithm = section.encryptionAlgorithm();
        opaqueCommandLength = section.spliceCommandLength();
    }

    /** Replaces the command. */
    public SpliceInfoBuilder command(SpliceCommand value) {
        command = value;
        return this;
    }

    /** Adds a descriptor after the others. */
    public SpliceInfoBuilder descriptor(SpliceDescriptor value) {
        descriptors.add(value);
        return this;
    }

    /** Replaces all descriptors. */
    public SpliceInfoBuilder descriptors(List<? extends SpliceDescriptor> values) {
        descriptors.clear();
        descriptors.addAll(values);
        return this;
    }

    /** Sets sap_type, 0 to 3; default 3, not specified. */
    public SpliceInfoBuilder sapType(int value) {
        sapType = value;
        return this;
    }

    /** Sets protocol_version, 0 to 255; default 0, the only defined one. */
    public SpliceInfoBuilder protocolVersion(int value) {
        protocolVersion = value;
        return this;
    }

    /** Sets pts_adjustment, ticks of 90 kHz, 0 to 2^33-1; default 0. */
    public SpliceInfoBuilder ptsAdjustment(long ticks) {
        ptsAdjustment = ticks;
        return this;
    }

    /** Sets cw_index, 0 to 255; default 0. */
    public SpliceInfoBuilder cwIndex(int value) {
        cwIndex = value;
        return this;
    }

    /** Sets tier, 0 to 4095; default 4095, all receivers. */
    public SpliceInfoBuilder tier(int value) {
        tier = value;
        return this;
    }

    /** Sets the bytes between the descriptors and CRC_32; an encrypted section is also padded to the cipher's block. */
    public SpliceInfoBuilder alignmentStuffing(Bytes value) {
        alignmentStuffing = value;
        return this;
    }

    /**
     * Encrypts command and descriptors and adds E_CRC_32.
     *
     * @param index cw_index, 0 to 255
     * @param controlWord the key of {@link EncryptionAlgorithm#keyLength} bytes; copied
     * @throws IllegalArgumentException when the key has another length
     */
    public SpliceInfoBuilder encrypt(EncryptionAlgorithm value, int index, byte... controlWord) {
        if (controlWord.length != value.keyLength()) {
            throw new IllegalArgumentException(
                    "key: " + controlWord.length + " bytes, " + value + " takes " + value.keyLength());
        }
        algorithm = value;
        key = Bytes.of(controlWord);
        return cwIndex(index);
    }

    /**
     * Encodes the cue, and returns the section as decoded by a receiver with the key.
     *
     * @throws IllegalArgumentException when a value is out of its range or the section is longer than 4093 bytes
     */
    public SpliceInfoSection build() {
        DecodeOptions options =
                algorithm == null ? DecodeOptions.STRICT : DecodeOptions.STRICT.withKey(cwIndex, key.toArray());
        return SpliceInfoSection.decode(encode(), options);
    }

    private Bytes encode() {
        BitWriter commandWriter = new BitWriter(64);
        command.encode(commandWriter);
        Bytes body = encodeBody(commandWriter.toBytes());
        boolean opaque = command instanceof EncryptedCommand;
        int algorithmId = opaque ? opaqueAlgorithm : algorithm == null ? 0 : algorithm.id();
        int sectionLength = SectionHeader.LENGTH - SectionHeader.LENGTH_TO_SECTION_LENGTH + body.length() + 4;
        Limits.size("section_length", sectionLength, SectionHeader.MAX_SECTION_LENGTH);
        BitWriter writer = new BitWriter(sectionLength + SectionHeader.LENGTH_TO_SECTION_LENGTH)
                .bits(SectionHeader.TABLE_ID, 8, "table_id")
                .bits(0, 2, "section_syntax_indicator, private_indicator")
                .bits(sapType, 2, "sap_type")
                .bits(sectionLength, 12, "section_length")
                .bits(protocolVersion, 8, "protocol_version")
                .flag(opaque || algorithm != null)
                .bits(algorithmId, 6, "encryption_algorithm")
                .bits(ptsAdjustment, 33, "pts_adjustment")
                .bits(cwIndex, 8, "cw_index")
                .bits(tier, 12, "tier")
                .bits(opaque ? opaqueCommandLength : commandWriter.position(), 12, "splice_command_length")
                .bytes(body);
        return withCrc(writer.toBytes());
    }

    private Bytes encodeBody(Bytes commandBytes) {
        BitWriter writer = new BitWriter(128)
                .bits(command.spliceCommandType(), 8, "splice_command_type")
                .bytes(commandBytes);
        if (command instanceof EncryptedCommand) {
            return writer.toBytes();
        }
        BitWriter loop = new BitWriter(128);
        descriptors.forEach(descriptor -> descriptor.encode(loop));
        writer.bits(loop.position(), 16, "descriptor_loop_length")
                .bytes(loop.toBytes())
                .bytes(alignmentStuffing);
        if (algorithm == null) {
            return writer.toBytes();
        }
        while ((writer.position() + 4) % EncryptionAlgorithm.BLOCK != 0) {
            writer.bits(0xFF, 8, "alignment_stuffing");
        }
        return algorithm.encrypt(withCrc(writer.toBytes()), key);
    }

    private static Bytes withCrc(Bytes covered) {
        int crc = covered.crc32Mpeg2(0, covered.length());
        return new BitWriter(covered.length() + 4)
                .bytes(covered)
                .bits(Integer.toUnsignedLong(crc), 32, "CRC_32")
                .toBytes();
    }
}
