// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/architecture.md, over all modules that are published and the programs. */
@AnalyzeClasses(packages = "io.github.srtnetty", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String LIBSRT = "io.github.srtnetty.libsrt..";
    private static final String CHANNEL = "io.github.srtnetty.channel..";
    private static final String BOOTSTRAP = "io.github.srtnetty.bootstrap..";
    private static final String CODECS = "io.github.srtnetty.codec..";
    private static final String RELAY = "io.github.srtnetty.relay..";
    /** Not published: helpers of the tests. */
    private static final String TESTING = "io.github.srtnetty.testing..";

    private static final String PROGRAMS = "io.github.srtnetty.examples..";

    @ArchTest
    static final ArchRule modulesDependDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("programs")
            .definedBy(PROGRAMS)
            .layer("relay")
            .definedBy(RELAY)
            .layer("bootstrap")
            .definedBy(BOOTSTRAP)
            .layer("channel")
            .definedBy(CHANNEL)
            .layer("codec")
            .definedBy(CODECS)
            .layer("libsrt")
            .definedBy(LIBSRT)
            .whereLayer("programs")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("relay")
            .mayOnlyBeAccessedByLayers("programs")
            .whereLayer("bootstrap")
            .mayOnlyBeAccessedByLayers("relay", "programs")
            .whereLayer("channel")
            .mayOnlyBeAccessedByLayers("bootstrap", "relay", "programs")
            .whereLayer("codec")
            .mayOnlyBeAccessedByLayers("relay", "programs")
            .whereLayer("libsrt")
            .mayOnlyBeAccessedByLayers("channel", "bootstrap", "relay", "programs");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.github.srtnetty.(**)").should().beFreeOfCycles();

    /** Of the codecs a sealed family knows its members, and they know it. */
    @ArchTest
    static final ArchRule sourceFilesHaveNoCycles = slices().assignedFrom(SourceFiles.of(
                    "io.github.srtnetty.libsrt",
                    "io.github.srtnetty.channel",
                    "io.github.srtnetty.bootstrap",
                    "io.github.srtnetty.relay",
                    "io.github.srtnetty.examples"))
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule theBindingKnowsNoNetty = noClasses()
            .that()
            .resideInAPackage(LIBSRT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule onlyTheBindingKnowsJna = noClasses()
            .that()
            .resideOutsideOfPackages(LIBSRT, TESTING)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule onlyItsOwnPackageNeedsMicrometer = noClasses()
            .that()
            .resideOutsideOfPackages("io.github.srtnetty.channel.micrometer..", RELAY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.github.srtnetty.channel.micrometer..");

    @ArchTest
    static final ArchRule onlyTheJsonOfCuesAndTheProgramsNeedJackson = noClasses()
            .that()
            .resideOutsideOfPackages("io.github.srtnetty.codec.scte35.json", RELAY, PROGRAMS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule onlyJsonWebTokensNeedNimbus = noClasses()
            .that()
            .resideOutsideOfPackages("io.github.srtnetty.relay.jwt..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.nimbusds..");

    @ArchTest
    static final ArchRule onlyTheBindingCallsLibSrt =
            classes().that().haveSimpleName("LibSrt").should().onlyBeAccessed().byAnyPackage(LIBSRT);

    @ArchTest
    static final ArchRule errorsAreReadInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("SrtErrors")
            .should()
            .callMethodWhere(new DescribedPredicate<>("srt_getlasterror is asked") {
                @Override
                public boolean test(JavaMethodCall call) {
                    return call.getTarget().getName().equals("srt_getlasterror");
                }
            });
}
