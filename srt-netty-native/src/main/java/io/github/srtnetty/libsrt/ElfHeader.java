// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The processor that an ELF file is for, from its first bytes. It is needed because glibc reports a library for another
 * processor as a missing file. Source: {@code e_ident}, {@code e_machine} of {@code elf.h}.
 *
 * @param arch the processor, named as in {@link NativePlatform}
 */
record ElfHeader(String arch) {
    private static final String UNKNOWN = "unknown";
    private static final int BYTES = 20;
    private static final int MAGIC = 0x7F454C46;
    private static final int CLASS = 4;
    private static final int CLASS_32 = 1;
    private static final int DATA = 5;
    private static final int DATA_BIG_ENDIAN = 2;
    private static final int MACHINE = 18;

    /** Returns the header of the file, or null if it is not an ELF file or cannot be read. */
    static @Nullable ElfHeader read(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES);
        } catch (IOException e) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length < BYTES || header.getInt(0) != MAGIC) {
            return null;
        }
        boolean bigEndian = bytes[DATA] == DATA_BIG_ENDIAN;
        header.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return new ElfHeader(archOf(header.getShort(MACHINE) & 0xFFFF, bytes[CLASS] == CLASS_32, bigEndian));
    }

    /** Returns whether the file is for another processor than {@code platform}'s; false if this is not known. */
    boolean contradicts(NativePlatform platform) {
        return platform.os().equals("linux") && !arch.startsWith(UNKNOWN) && !arch.equals(platform.arch());
    }

    private static String archOf(int machine, boolean is32Bit, boolean bigEndian) {
        return switch (machine) {
            case 3 -> "x86_32";
            case 62 -> is32Bit ? "x86_64 with 32-bit pointers" : "x86_64";
            case 183 -> bigEndian ? "aarch_64, big-endian" : "aarch_64";
            case 40 -> "arm_32";
            case 21 -> bigEndian ? "ppc_64" : "ppcle_64";
            case 22 -> "s390_64";
            case 243 -> is32Bit ? "riscv" : "riscv64";
            case 258 -> "loongarch_64";
            default -> UNKNOWN + " (ELF machine " + machine + ")";
        };
    }
}
