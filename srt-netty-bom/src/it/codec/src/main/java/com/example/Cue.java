// SPDX-License-Identifier: Apache-2.0
package com.example;

import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.util.Base64;

/** Decodes a cue, without JNA and libsrt. */
public final class Cue {
    private static final String CUE = "/DAvAAAAAAAA///wFAVIAACPf+/+c2nALv4AUsz1AAAAAAAKAAhDVUVJAAABNWLbowo=";

    private Cue() {}

    public static void main(String[] args) {
        System.out.println(SpliceInfoSection.decode(Base64.getDecoder().decode(CUE)).command());
        try {
            Class.forName("com.sun.jna.Native");
            System.out.println("JNA is here");
            System.exit(1);
        } catch (ClassNotFoundException e) {
            System.out.println("no JNA");
        }
    }
}
