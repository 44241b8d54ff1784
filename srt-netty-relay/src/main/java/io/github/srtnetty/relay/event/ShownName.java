// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names that clients see of the constants of an enum, such as {@code alarm-raised} of {@code ALARM_RAISED}. */
public final class ShownName {
    private ShownName() {}

    /** Returns the name of a constant. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the constant with a name as in {@link #of}, null where there is none. */
    public static <E extends Enum<E>> @Nullable E find(Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(name)) {
                return constant;
            }
        }
        return null;
    }
}
