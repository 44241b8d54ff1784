// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

/** The tags that {@link HlsForm} can write for a cue. */
public enum HlsTag {
    /** {@code EXT-X-DATERANGE} with SCTE35-OUT, SCTE35-IN or SCTE35-CMD (RFC 8216 4.3.2.7.1). */
    DATERANGE,
    /** {@code EXT-OATCLS-SCTE35} with {@code EXT-X-CUE-OUT} or {@code EXT-X-CUE-IN}, as AWS Elemental writes them. */
    OATCLS,
    /** {@code EXT-X-SCTE35} with CUE and, where it fits, CUE-OUT or CUE-IN. */
    SCTE35
}
