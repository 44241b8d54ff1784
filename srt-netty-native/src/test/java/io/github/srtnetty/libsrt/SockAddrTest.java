// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SockAddrTest {
    private static final byte[] HOST_V4 = {(byte) 203, 0, 113, 5};
    private static final byte[] HOST_V6 = {(byte) 0xFE, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, (byte) 0x88
    };
    private static final int PORT = 0xC1E7;
    private static final byte[] PORT_BYTES = {(byte) 0xC1, (byte) 0xE7};
    private static final int SCOPE = 3;

    static Stream<SockAddr> layouts() {
        return Stream.of(
                SockAddr.LINUX, SockAddr.MAC, SockAddr.FREEBSD, SockAddr.OTHER_BSD, SockAddr.WINDOWS, SockAddr.SYSTEM);
    }

    @Test
    void writesIpv4AsLinuxDoes() throws Exception {
        assertThat(encoded(SockAddr.LINUX, ipv4())).isEqualTo(bytes(shortBytes(2), PORT_BYTES, HOST_V4, new byte[8]));
    }

    @Test
    void writesIpv6AsLinuxDoes() throws Exception {
        assertThat(encoded(SockAddr.LINUX, ipv6(SCOPE)))
                .isEqualTo(bytes(shortBytes(10), PORT_BYTES, new byte[4], HOST_V6, intBytes(SCOPE)));
    }

    @Test
    void writesIpv4AsTheBsdsDo() throws Exception {
        byte[] lengthAndFamily = {16, 2};
        assertThat(encoded(SockAddr.MAC, ipv4())).isEqualTo(bytes(lengthAndFamily, PORT_BYTES, HOST_V4, new byte[8]));
    }

    @Test
    void writesIpv6AsMacDoes() throws Exception {
        byte[] lengthAndFamily = {28, 30};
        assertThat(encoded(SockAddr.MAC, ipv6(SCOPE)))
                .isEqualTo(bytes(lengthAndFamily, PORT_BYTES, new byte[4], HOST_V6, intBytes(SCOPE)));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void readsBackWhatItWrote(SockAddr layout) throws Exception {
        for (InetSocketAddress address : new InetSocketAddress[] {ipv4(), ipv6(0), ipv6(SCOPE)}) {
            ByteBuffer memory = dirtyMemory();
            layout.encode(address, memory);
            assertThat(layout.decode(memory)).isEqualTo(address);
            assertThat(scopeOf(layout.decode(memory))).isEqualTo(scopeOf(address));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 32767, 32768, 65535})
    void keepsEveryPort(int port) {
        ByteBuffer memory = dirtyMemory();
        SockAddr.SYSTEM.encode(new InetSocketAddress("127.0.0.1", port), memory);
        assertThat(SockAddr.SYSTEM.decode(memory).getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void takesTheByteOrderOfTheMachine_whateverTheBufferHad(SockAddr layout) throws Exception {
        ByteBuffer memory = dirtyMemory().order(ByteOrder.BIG_ENDIAN);
        layout.encode(ipv6(SCOPE), memory);
        memory.order(ByteOrder.BIG_ENDIAN);
        assertThat(layout.decode(memory)).isEqualTo(ipv6(SCOPE));
    }

    @Test
    void readsMappedIpv4AsIpv4() {
        byte[] mapped = bytes(new byte[10], new byte[] {-1, -1}, HOST_V4);
        ByteBuffer memory = ByteBuffer.wrap(bytes(shortBytes(10), PORT_BYTES, new byte[4], mapped, intBytes(0)));
        assertThat(SockAddr.LINUX.decode(memory)).isEqualTo(new InetSocketAddress("203.0.113.5", PORT));
    }

    @Test
    void refusesAnUnresolvedHost_byItsName() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("camera.example", 9000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SockAddr.SYSTEM.encode(unresolved, dirtyMemory()))
                .withMessageContaining("unresolved")
                .withMessageContaining("camera.example");
    }

    @Test
    void refusesAForeignFamily_byItsNumber() {
        ByteBuffer memory = ByteBuffer.wrap(bytes(shortBytes(1), new byte[26]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SockAddr.LINUX.decode(memory))
                .withMessage("address family 1 is neither IPv4 nor IPv6");
    }

    private static InetSocketAddress ipv4() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(HOST_V4), PORT);
    }

    private static InetSocketAddress ipv6(int scope) throws UnknownHostException {
        return new InetSocketAddress(Inet6Address.getByAddress(null, HOST_V6, scope), PORT);
    }

    private static int scopeOf(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address v6 ? v6.getScopeId() : 0;
    }

    private static byte[] encoded(SockAddr layout, InetSocketAddress address) {
        ByteBuffer memory = dirtyMemory();
        byte[] bytes = new byte[layout.encode(address, memory)];
        memory.get(0, bytes);
        return bytes;
    }

    private static ByteBuffer dirtyMemory() {
        byte[] dirt = new byte[SockAddr.STORAGE_BYTES];
        Arrays.fill(dirt, (byte) 0x5A);
        return ByteBuffer.wrap(dirt);
    }

    private static byte[] shortBytes(int value) {
        return ByteBuffer.allocate(Short.BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort((short) value)
                .array();
    }

    private static byte[] intBytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private static byte[] bytes(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
