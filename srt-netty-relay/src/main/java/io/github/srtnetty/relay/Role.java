// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import java.util.Locale;

/** What a caller wants of a stream. */
enum Role {
    PUBLISH,
    PLAY;

    /** Returns the setting with the token of streams that have none of their own. */
    RelaySetting tokenSetting() {
        return this == PUBLISH ? RelaySetting.PUBLISH_TOKEN : RelaySetting.PLAY_TOKEN;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
