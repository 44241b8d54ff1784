// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.libsrt.SrtSocketState;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmittedCallersTest {
    private static final int CALLERS = 100_000;

    private final Map<Integer, SrtSocketState> states = new HashMap<>();
    private final List<AdmittedCallers.Admitted> failed = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void aCallerIsFoundOnce() {
        AdmittedCallers callers = table(10);

        callers.add(7, admitted("a"));

        assertThat(callers.remove(7)).isEqualTo(admitted("a"));
        assertThat(callers.remove(7)).isNull();
    }

    @Test
    void keepsNothing_ofAHundredThousandCallersThatAreNeverAccepted() {
        AdmittedCallers callers = table(1000);

        for (int id = 0; id < CALLERS; id++) {
            assertThat(callers.hasRoom(failed::add))
                    .as("room for caller %d", id)
                    .isTrue();
            callers.add(id, admitted("x"));
            states.put(id, SrtSocketState.CLOSED); // its passphrase is wrong
            states.put(id - 10, SrtSocketState.NONEXIST); // libsrt frees it later
            assertThat(callers.size()).isLessThan(30);
        }

        assertThat(failed.size()).as("each failed once").isBetween(CALLERS - callers.size(), CALLERS);
        assertThat(looks.get()).as("work per caller is constant").isLessThanOrEqualTo(2 * CALLERS);
    }

    @Test
    void isFull_whileAHundredThousandCallersStayHalfOpen_andHasRoomWhenTheyAreGone() {
        AdmittedCallers callers = table(1000);
        int added = 0;

        for (int id = 0; id < CALLERS; id++) {
            if (callers.hasRoom(failed::add)) {
                callers.add(id, admitted("x"));
                states.put(id, SrtSocketState.CONNECTED);
                added++;
            }
        }
        assertThat(added).isEqualTo(1000);
        assertThat(callers.size()).isEqualTo(1000);

        states.replaceAll((id, state) -> SrtSocketState.NONEXIST);
        assertThat(callers.hasRoom(failed::add)).isTrue();
    }

    @Test
    void socketsThatLive_doNotHideThoseThatAreGone() {
        AdmittedCallers callers = table(100);
        for (int id = 0; id < 99; id++) {
            callers.add(id, admitted("waits in the backlog"));
            states.put(id, SrtSocketState.CONNECTED);
        }
        callers.add(99, admitted("is gone"));
        states.put(99, SrtSocketState.NONEXIST);

        int asked = 0;
        while (!callers.hasRoom(failed::add)) {
            asked++;
        }

        assertThat(asked).isLessThan(100);
    }

    @Test
    void aClosedSocketCounts_untilLibsrtHasFreedIt_withoutItsRequest() {
        AdmittedCallers callers = table(1);
        callers.add(1, admitted("x"));

        states.put(1, SrtSocketState.CLOSED);
        assertThat(callers.hasRoom(failed::add)).isFalse();
        assertThat(callers.remove(1)).isNull();

        callers.add(1, admitted("x"));
        states.put(1, SrtSocketState.NONEXIST);
        assertThat(callers.hasRoom(failed::add)).isTrue();
    }

    @Test
    void aBrokenSocketIsKept_becauseItIsStillAccepted() {
        AdmittedCallers callers = table(10);
        callers.add(1, admitted("left at once"));
        states.put(1, SrtSocketState.BROKEN);

        assertThat(callers.hasRoom(failed::add)).isTrue();

        assertThat(callers.remove(1)).isEqualTo(admitted("left at once"));
    }

    private AdmittedCallers table(int most) {
        return new AdmittedCallers(
                id -> {
                    looks.incrementAndGet();
                    return states.getOrDefault(id, SrtSocketState.INIT);
                },
                () -> most);
    }

    private static AdmittedCallers.Admitted admitted(String streamId) {
        return new AdmittedCallers.Admitted(
                new SrtAcceptRequest(InetSocketAddress.createUnresolved("caller", 1), streamId, 5), Map.of());
    }
}
