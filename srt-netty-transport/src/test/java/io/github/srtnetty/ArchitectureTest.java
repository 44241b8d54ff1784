// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "io.github.srtnetty", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String LIBSRT = "io.github.srtnetty.libsrt..";
    private static final String CHANNEL = "io.github.srtnetty.channel..";
    private static final String CODECS = "io.github.srtnetty.codec..";

    @ArchTest
    static final ArchRule theBindingKnowsNoNetty = noClasses()
            .that()
            .resideInAPackage(LIBSRT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", CHANNEL, CODECS);

    @ArchTest
    static final ArchRule onlyTheBindingKnowsJna = noClasses()
            .that()
            .resideOutsideOfPackage(LIBSRT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule noCodecKnowsChannelsOrTheBinding = noClasses()
            .that()
            .resideInAPackage(CODECS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LIBSRT, CHANNEL);

    @ArchTest
    static final ArchRule channelsKnowNoCodec = noClasses()
            .that()
            .resideInAPackage(CHANNEL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CODECS);

    @ArchTest
    static final ArchRule onlyItsOwnPackageNeedsMicrometer = noClasses()
            .that()
            .resideOutsideOfPackage("io.github.srtnetty.channel.micrometer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.github.srtnetty.channel.micrometer..");

    @ArchTest
    static final ArchRule onlyTheBindingCallsLibSrt =
            classes().that().haveSimpleName("LibSrt").should().onlyBeAccessed().byAnyPackage(LIBSRT);

    @ArchTest
    static final ArchRule onlyOneDoorAsksForErrors = noClasses()
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
