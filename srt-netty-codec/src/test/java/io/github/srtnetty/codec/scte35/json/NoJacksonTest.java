// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The module with its own dependencies alone, as a new user has it. */
class NoJacksonTest {
    private final URLClassLoader classes = withoutJackson();

    @AfterEach
    void close() throws Exception {
        classes.close();
    }

    @Test
    void theErrorNamesTheMissingDependency() throws Exception {
        Class<?> json = classes.loadClass(Scte35Json.class.getName());
        Class<?> threefive = classes.loadClass(ThreefiveJson.class.getName());
        Class<?> section = classes.loadClass(SpliceInfoSection.class.getName());
        MethodHandle parse =
                MethodHandles.publicLookup().findStatic(json, "parse", MethodType.methodType(section, String.class));

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> json.getConstructor().newInstance())
                    .cause()
                    .satisfies(NoJacksonTest::isClear);
            assertThatThrownBy(() -> threefive.getConstructor().newInstance())
                    .cause()
                    .satisfies(NoJacksonTest::isClear);
            assertThatThrownBy(() -> parse.invoke("{}")).satisfies(NoJacksonTest::isClear);
        }
    }

    private static void isClear(Throwable failure) {
        assertThat(failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("com.fasterxml.jackson.core:jackson-core")
                .hasMessageContaining("add it to your build");
    }

    private static URLClassLoader withoutJackson() {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("jackson")) {
                try {
                    urls.add(new File(entry).toURI().toURL());
                } catch (MalformedURLException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
