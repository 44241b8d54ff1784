// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares every number of this module with the installed headers of libsrt, through the C compiler. */
class HeaderTest {
    private static CHeader header;
    private static IOException missing;

    @BeforeAll
    static void openHeader(@TempDir Path folder) throws InterruptedException {
        try {
            header = CHeader.open(folder);
        } catch (IOException e) {
            missing = e;
        }
    }

    /** Each test, so that reports show each with the reason. */
    @BeforeEach
    void skipWithoutHeader() throws IOException {
        if (missing != null && System.getenv("CI") != null) {
            throw missing;
        }
        assumeTrue(missing == null, () -> "not compared with libsrt's headers: " + missing.getMessage());
    }

    @Test
    void optionsHaveTheNumbersOfTheHeader() throws Exception {
        Map<String, Long> expected = new LinkedHashMap<>();
        for (SrtOption<?> option : SrtOptions.all()) {
            if (header.knows(option.name())) {
                expected.put(option.name(), (long) option.number());
            }
        }
        assertThat(header.evaluate(expected.keySet())).isEqualTo(expected).hasSizeGreaterThan(50);
    }

    @Test
    void noOptionOfTheHeaderIsMissing() {
        assertThat(SrtOptions.all().stream().map(SrtOption::name).toList())
                .containsAll(without(header.names("SRTO_[A-Z0-9_]+"), "SRTO_E_SIZE", "SRTO_DEPRECATED_END"));
    }

    @Test
    void errorsAreThoseOfTheHeader() throws Exception {
        Map<String, Long> expected = new LinkedHashMap<>();
        for (SrtError error : SrtError.values()) {
            String prefix = error == SrtError.UNKNOWN ? "SRT_E" : "SRT_";
            expected.put(prefix + error, (long) error.code());
        }
        assertThat(header.evaluate(expected.keySet())).isEqualTo(expected);
        Set<String> others = Set.of("SRT_EPOLL_OPT", "SRT_EPOLL_T", "SRT_EMJ", "SRT_EMN", "SRT_ERRNO", "SRT_ERROR");
        assertThat(expected.keySet())
                .containsAll(header.names("SRT_E[A-Z]+").stream()
                        .filter(name -> !others.contains(name))
                        .toList());
    }

    @Test
    void statesAreThoseOfTheHeader() throws Exception {
        Map<String, Long> expected = new LinkedHashMap<>();
        for (SrtSocketState state : SrtSocketState.values()) {
            expected.put("SRTS_" + state, (long) state.code());
            assertThat(SrtSocketState.of(state.code())).isSameAs(state);
        }
        assertThat(header.evaluate(expected.keySet())).isEqualTo(expected);
        assertThat(header.names("SRTS_[A-Z]+")).isEqualTo(expected.keySet());
    }

    @Test
    void rejectReasonsHaveTheNamesOfTheHeader() throws Exception {
        Set<String> names = header.names("SRT_REJX?_[A-Z][A-Z_]*");
        names.removeAll(Set.of("SRT_REJ_E_SIZE", "SRT_REJECT_REASON"));
        Map<String, String> expected = new LinkedHashMap<>();
        names.forEach(name -> expected.put(name, name.replaceFirst("SRT_REJX?_", "")));
        Map<String, String> actual = new LinkedHashMap<>();
        header.evaluate(names).forEach((name, code) -> actual.put(name, new SrtRejectReason(code.intValue()).name()));
        assertThat(actual).isEqualTo(expected).hasSizeGreaterThanOrEqualTo(17 + 21);
    }

    @Test
    void everyRejectReasonIsAConstant() throws Exception {
        Set<String> names = header.names("SRT_REJX?_[A-Z][A-Z_]*");
        names.removeAll(Set.of("SRT_REJ_E_SIZE", "SRT_REJECT_REASON"));
        Set<Integer> constants = new HashSet<>();
        for (Field field : SrtRejectReason.class.getFields()) {
            if (field.get(null) instanceof SrtRejectReason reason) {
                constants.add(reason.code());
            }
        }
        Set<Integer> codes = new HashSet<>();
        header.evaluate(names).values().forEach(code -> codes.add(code.intValue()));
        assertThat(constants).containsAll(codes);
    }

    @Test
    void codesOfEnumsAreThoseOfTheHeader() throws Exception {
        assertMatches(Map.of(
                "SRTT_LIVE", SrtTransmissionType.LIVE.code(),
                "SRTT_FILE", SrtTransmissionType.FILE.code(),
                "SRT_KM_S_UNSECURED", SrtKeyState.UNSECURED.code(),
                "SRT_KM_S_SECURING", SrtKeyState.SECURING.code(),
                "SRT_KM_S_SECURED", SrtKeyState.SECURED.code(),
                "SRT_KM_S_NOSECRET", SrtKeyState.NOSECRET.code(),
                "SRT_KM_S_BADSECRET", SrtKeyState.BADSECRET.code(),
                "SRT_LIVE_MAX_PLSIZE", SrtOptions.LONGEST_LIVE_PAYLOAD));
    }

    @Test
    void epollBitsAndTheEventStructAreThoseOfTheHeader() throws Exception {
        assertMatches(Map.of(
                "SRT_EPOLL_IN", SrtSocket.EVENT_IN,
                "SRT_EPOLL_OUT", SrtSocket.EVENT_OUT,
                "SRT_EPOLL_ERR", SrtSocket.EVENT_ERR,
                "(int) SRT_EPOLL_ET", SrtPoller.EDGE_TRIGGERED,
                "SRT_EPOLL_ENABLE_EMPTY", SrtPoller.ENABLE_EMPTY,
                "sizeof(SRT_EPOLL_EVENT)", SrtPoller.EVENT_BYTES,
                "offsetof(SRT_EPOLL_EVENT, fd)", SrtPoller.EVENT_FD,
                "offsetof(SRT_EPOLL_EVENT, events)", SrtPoller.EVENT_EVENTS));
    }

    @Test
    void theMessageControlStructIsLaidOutAsMeasured() throws Exception {
        assertMatches(Map.of(
                "sizeof(SRT_MSGCTRL)", MessageControl.BYTES,
                "offsetof(SRT_MSGCTRL, flags)", 0,
                "offsetof(SRT_MSGCTRL, msgttl)", MessageControl.MSGTTL,
                "offsetof(SRT_MSGCTRL, inorder)", MessageControl.INORDER,
                "offsetof(SRT_MSGCTRL, boundary)", 12,
                "offsetof(SRT_MSGCTRL, srctime)", MessageControl.SRCTIME,
                "offsetof(SRT_MSGCTRL, pktseq)", MessageControl.PKTSEQ,
                "offsetof(SRT_MSGCTRL, msgno)", MessageControl.MSGNO,
                "offsetof(SRT_MSGCTRL, grpdata)", 32,
                "offsetof(SRT_MSGCTRL, grpdata_size)", 40));
    }

    @Test
    void statisticsHavePlaceSizeAndTypeOfTheHeader() throws Exception {
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (SrtStatistic field : SrtStatistic.values()) {
            String c = "((SRT_TRACEBSTATS*)0)->" + field.cName();
            expected.put("offsetof(SRT_TRACEBSTATS, " + field.cName() + ")", field.offset());
            expected.put("sizeof(" + c + ")", field.size());
            expected.put("_Generic(" + c + ", double: 1, default: 0)", field.isFractional() ? 1 : 0);
        }
        assertMatches(expected);
    }

    @Test
    void noStatisticOfTheHeaderIsMissing() throws Exception {
        assertThat(Stream.of(SrtStatistic.values()).map(SrtStatistic::cName))
                .containsExactlyElementsOf(header.fields("CBytePerfMon"));
        assertMatches(Map.of("sizeof(SRT_TRACEBSTATS)", SrtStatistic.STRUCT_BYTES));
        assertThat(SrtStatistic.STRUCT_BYTES).isLessThanOrEqualTo(Scratch.VALUE_BYTES);
    }

    @Test
    void lingerAndSocketAddressesAreLaidOutAsOnThisSystem() throws Exception {
        assertMatches(Map.ofEntries(
                Map.entry("sizeof(struct linger)", 8),
                Map.entry("offsetof(struct linger, l_onoff)", 0),
                Map.entry("offsetof(struct linger, l_linger)", 4),
                Map.entry("sizeof(struct sockaddr_storage)", SockAddr.STORAGE_BYTES),
                Map.entry("sizeof(struct sockaddr_in)", SockAddr.INET_BYTES),
                Map.entry("offsetof(struct sockaddr_in, sin_port)", SockAddr.PORT),
                Map.entry("offsetof(struct sockaddr_in, sin_addr)", SockAddr.INET_ADDR),
                Map.entry("sizeof(struct sockaddr_in6)", SockAddr.INET6_BYTES),
                Map.entry("offsetof(struct sockaddr_in6, sin6_port)", SockAddr.PORT),
                Map.entry("offsetof(struct sockaddr_in6, sin6_addr)", SockAddr.INET6_ADDR),
                Map.entry("offsetof(struct sockaddr_in6, sin6_scope_id)", SockAddr.INET6_SCOPE_ID),
                Map.entry("AF_INET", SockAddr.INET_FAMILY),
                Map.entry("AF_INET6", SockAddr.SYSTEM.inet6Family()),
                Map.entry("offsetof(struct sockaddr_in, sin_family)", SockAddr.SYSTEM.lengthPrefixed() ? 1 : 0)));
    }

    @Test
    void logFlagsLeaveTheBareMessage() throws Exception {
        String flags = Stream.of("TIME", "THREADNAME", "SEVERITY", "EOL")
                .map(flag -> "SRT_LOGF_DISABLE_" + flag)
                .collect(Collectors.joining(" | "));
        assertMatches(Map.of(flags, SrtLog.BARE_LINES));
    }

    @Test
    void socketFiltersAreThoseOfLinux() throws Exception {
        assumeTrue(Platform.isLinux(), "filters are for Linux only");
        assertMatches(Map.ofEntries(
                Map.entry("SOL_SOCKET", LibC.SOL_SOCKET),
                Map.entry("SO_TYPE", LibC.SO_TYPE),
                Map.entry("SO_COOKIE", LibC.SO_COOKIE),
                Map.entry("SO_ATTACH_FILTER", LibC.SO_ATTACH_FILTER),
                Map.entry("SOCK_DGRAM", LibC.SOCK_DGRAM),
                Map.entry("sizeof(struct sock_fprog)", LibC.FPROG_BYTES),
                Map.entry("offsetof(struct sock_fprog, filter)", LibC.FPROG_FILTER),
                Map.entry("sizeof(struct sock_filter)", HandshakeFilter.INSTRUCTION_BYTES),
                Map.entry("offsetof(struct sock_filter, k)", 4),
                Map.entry("BPF_LD | BPF_H | BPF_ABS", HandshakeFilter.LOAD_HALF),
                Map.entry("BPF_LD | BPF_W | BPF_ABS", HandshakeFilter.LOAD_WORD),
                Map.entry("BPF_JMP | BPF_JEQ | BPF_K", HandshakeFilter.JUMP_EQUAL),
                Map.entry("BPF_JMP | BPF_JGT | BPF_K", HandshakeFilter.JUMP_GREATER),
                Map.entry("BPF_JMP | BPF_JGE | BPF_K", HandshakeFilter.JUMP_NOT_LESS),
                Map.entry("BPF_JMP | BPF_JA", HandshakeFilter.JUMP),
                Map.entry("BPF_LDX | BPF_W | BPF_IMM", HandshakeFilter.LOAD_INDEX),
                Map.entry("BPF_LD | BPF_W | BPF_LEN", HandshakeFilter.LOAD_LENGTH),
                Map.entry("BPF_LD | BPF_H | BPF_IND", HandshakeFilter.LOAD_HALF_AT_INDEX),
                Map.entry("BPF_LD | BPF_W | BPF_IND", HandshakeFilter.LOAD_WORD_AT_INDEX),
                Map.entry("BPF_LD | BPF_B | BPF_IND", HandshakeFilter.LOAD_BYTE_AT_INDEX),
                Map.entry("BPF_JMP | BPF_JGT | BPF_X", HandshakeFilter.JUMP_GREATER_INDEX),
                Map.entry("BPF_ALU | BPF_LSH | BPF_K", HandshakeFilter.SHIFT_LEFT),
                Map.entry("BPF_ALU | BPF_ADD | BPF_K", HandshakeFilter.ADD),
                Map.entry("BPF_ALU | BPF_ADD | BPF_X", HandshakeFilter.ADD_INDEX),
                Map.entry("BPF_MISC | BPF_TAX", HandshakeFilter.TO_INDEX),
                Map.entry("BPF_RET | BPF_K", HandshakeFilter.RETURN)));
    }

    private static void assertMatches(Map<String, Integer> expected) throws Exception {
        Map<String, Long> wanted = new LinkedHashMap<>();
        expected.forEach((expression, value) -> wanted.put(expression, (long) value));
        assertThat(header.evaluate(wanted.keySet())).isEqualTo(wanted);
    }

    private static List<String> without(Set<String> names, String... others) {
        List<String> left = new ArrayList<>(names);
        left.removeAll(List.of(others));
        return left;
    }
}
