// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowFilterCallsTest {
    private final SlowFilterCalls calls = new SlowFilterCalls();

    @Test
    void theFirstSlowCallIsNotLogged_asItMayHaveLoadedClasses() {
        assertThat(isLogged(2)).isFalse();
        assertThat(isLogged(150)).isFalse();
        assertThat(isLogged(50)).isFalse();
        assertThat(isLogged(51)).isTrue();
        assertThat(isLogged(150)).isTrue();
    }

    @Test
    void aFirstCallIsLogged_whenItTakesLongerThanLoadingClassesCan() {
        assertThat(isLogged(1001)).isTrue();
    }

    private boolean isLogged(long millis) {
        return calls.isLogged(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
