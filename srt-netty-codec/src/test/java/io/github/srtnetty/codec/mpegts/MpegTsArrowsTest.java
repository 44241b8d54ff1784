// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.srtnetty.codec", importOptions = DoNotIncludeTests.class)
class MpegTsArrowsTest {
    @ArchTest
    static final ArchRule knowsOnlyBitsTheTimerAndNetty = classes()
            .that()
            .resideInAPackage("io.github.srtnetty.codec.mpegts")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify.annotations",
                    "io.github.srtnetty.codec.bits",
                    "io.github.srtnetty.codec.mpegts",
                    "io.github.srtnetty.codec.timer",
                    "io.netty.buffer",
                    "io.netty.channel",
                    "io.netty.util..",
                    "io.netty.handler.codec");
}
