// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.srtnetty.codec", importOptions = DoNotIncludeTests.class)
class Scte35ArrowsTest {
    private static final String SCTE35 = "io.github.srtnetty.codec.scte35";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String XML = "javax.xml..";

    @ArchTest
    static final ArchRule knowsOnlyTheCodecsBelowAndNetty = classes()
            .that()
            .resideInAPackage(SCTE35 + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    XML,
                    "org.jspecify.annotations",
                    "io.github.srtnetty.codec..",
                    "io.netty.buffer",
                    "io.netty.channel",
                    "io.netty.util..",
                    JACKSON);

    @ArchTest
    static final ArchRule onlyTheJsonPackageNeedsJackson = noClasses()
            .that()
            .resideOutsideOfPackage(SCTE35 + ".json")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JACKSON);

    @ArchTest
    static final ArchRule onlyTheXmlPackageReadsXml = noClasses()
            .that()
            .resideOutsideOfPackage(SCTE35 + ".xml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(XML);

    @ArchTest
    static final ArchRule xmlKnowsOnlyCuesAndWhatFormsHaveInCommon = classes()
            .that()
            .resideInAPackage(SCTE35 + ".xml")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    XML,
                    "org.jspecify.annotations",
                    SCTE35,
                    SCTE35 + ".form",
                    SCTE35 + ".xml",
                    "io.github.srtnetty.codec.bits");

    @ArchTest
    static final ArchRule theCodecsBelowDoNotKnowIt = noClasses()
            .that()
            .resideOutsideOfPackage(SCTE35 + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SCTE35 + "..");

    @ArchTest
    static final ArchRule cuesDoNotKnowTheirJson = noClasses()
            .that()
            .resideInAPackage(SCTE35)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SCTE35 + ".json");

    @ArchTest
    static final ArchRule theStandardsJsonDoesNotKnowThreefive = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Threefive")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("Threefive");
}
