// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/** Each source file of some packages and their sub-packages as a slice: a top-level class with its nested ones. */
final class SourceFiles implements SliceAssignment {
    private final List<String> packages;

    private SourceFiles(List<String> packages) {
        this.packages = packages;
    }

    static SourceFiles of(String... packages) {
        return new SourceFiles(List.of(packages));
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        boolean isIn = packages.stream().anyMatch(name -> (javaClass.getPackageName() + '.').startsWith(name + '.'));
        return isIn ? SliceIdentifier.of(javaClass.getName().replaceFirst("\\$.*", "")) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
        return "source files of " + String.join(", ", packages);
    }
}
