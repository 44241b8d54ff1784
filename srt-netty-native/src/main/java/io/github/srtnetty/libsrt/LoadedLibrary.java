// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.NativeLibrary;

/**
 * A library that the loader found.
 *
 * @param source the file, or the place in a jar, that it was loaded from
 * @param hasSecurityFixes whether {@link SecurityFixes} recognised the fixes in its bytes
 */
record LoadedLibrary(NativeLibrary library, String source, boolean hasSecurityFixes) {
    /** Returns that of a file which stays where it is. */
    static LoadedLibrary ofFile(NativeLibrary library) {
        String name = library.getFile() != null ? library.getFile().getPath() : library.getName();
        String file = SecurityFixes.fileOf(library, name);
        return new LoadedLibrary(library, file, SecurityFixes.areIn(file));
    }
}
