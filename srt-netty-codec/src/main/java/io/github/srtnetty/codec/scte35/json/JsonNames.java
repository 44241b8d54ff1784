// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.scte35.UpidType;
import java.util.List;

/** Checks names beside a number: a name of another number is a contradiction, an unknown name is a comment. */
final class JsonNames {
    private JsonNames() {}

    /** Checks that the text under {@code key} is not the name of another number than {@code number}. */
    static void check(JsonObject json, String key, int number, List<String> names) {
        int named = names.indexOf(json.text(key));
        if (named >= 0 && !names.get(named).equals(names.get(number))) {
            throw json.unexpected(key, "\"" + names.get(number) + "\" or nothing", json.text(key));
        }
    }

    /** Returns the names of UPID types that are not in the standard's table, but that users know from their tools. */
    static String otherUpidTitle(int type) {
        return switch (UpidType.of(type)) {
            case NOT_USED -> "No UPID";
            case USER_DEFINED -> "Type 0x01 is deprecated, use MPU type 0x0C";
            case ISCI -> "Type 0x02 is deprecated, use AdID type 0x03";
            case AD_ID -> "AdID";
            case ISAN_DEPRECATED -> "Type 0x05 is deprecated, use ISAN type 0x06";
            case ISAN -> "ISAN";
            case TI -> "AiringID";
            case ADS_INFORMATION -> "ADS Info";
            case RESERVED -> "Unknown";
            default -> UpidType.of(type).label();
        };
    }
}
