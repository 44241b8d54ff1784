// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.NativeLibrary;

/**
 * A library that the loader found.
 *
 * @param source the file, or the location in a jar, from which the library was loaded
 * @param hasSecurityFixes whether {@link SecurityFixes} found the fixes in its bytes
 */
record LoadedLibrary(NativeLibrary library, String source, boolean hasSecurityFixes) {
    /** Returns a library that was loaded from a file outside a jar. */
    static LoadedLibrary ofFile(NativeLibrary library) {
        String name = library.getFile() != null ? library.getFile().getPath() : library.getName();
        String file = SecurityFixes.fileOf(library, name);
        return new LoadedLibrary(library, file, SecurityFixes.areIn(file));
    }
}
