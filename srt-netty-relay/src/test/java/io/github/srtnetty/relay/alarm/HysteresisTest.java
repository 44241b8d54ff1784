// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.alarm.Reading.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readings come once a second, G for good, B for bad, . for between, X for gone; R and C say what they changed. */
class HysteresisTest {
    @ParameterizedTest
    @CsvSource({
        "BBBBBBBB, ---R----",
        "BBGBBGBB, --------",
        "BB.BBBB,  ------R",
        "BBBBGGGG, ---R---C",
        "BBBBGG.GGG.B, ---R--------",
        "BBBBGGBGGGG, ---R------C",
        "BBBBX, ---RC",
        "BBX, ---",
        "GBGBGBGB, --------",
        "BBBBGGGGBBBB, ---R---C---R",
    })
    void changesOnlyWhatLastsForThreeSeconds(String readings, String changes) {
        assertThat(run(readings, 3, 3)).isEqualTo(changes);
    }

    @ParameterizedTest
    @CsvSource({"B, R", "BG, R-", "BGGG, R--C", "GBGGG, -R--C", "BGGGB, R--CR"})
    void raisesAtOnce_whereItNeedNotLast(String readings, String changes) {
        assertThat(run(readings, 0, 2)).isEqualTo(changes);
    }

    private static String run(String readings, long raise, long clear) {
        Hysteresis hysteresis = new Hysteresis();
        StringBuilder changes = new StringBuilder();
        for (int i = 0; i < readings.length(); i++) {
            Level level = switch (readings.charAt(i)) {
                case 'G' -> Level.GOOD;
                case 'B' -> Level.BAD;
                case 'X' -> Level.GONE;
                default -> Level.BETWEEN;
            };
            switch (hysteresis.update(level, i, raise, clear)) {
                case RAISED -> changes.append('R');
                case CLEARED -> changes.append('C');
                default -> changes.append('-');
            }
        }
        return changes.toString();
    }
}
