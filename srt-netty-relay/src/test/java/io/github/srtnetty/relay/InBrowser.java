// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.dashboard.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Tests of the relay's page that share one browser in each class; skipped where there is none. */
@Tag("peers")
abstract class InBrowser {
    /** A name that is markup. */
    static final String ODD = "<img/src=x/onerror=alert(1)>";

    static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
    }

    @AfterAll
    static void end() throws Exception {
        if (browser != null) {
            browser.close();
            browser = null;
        }
    }

    /** Returns the address of the page. */
    static String url(Harness harness) {
        return "http://127.0.0.1:" + harness.relay().httpAddress().getPort() + "/";
    }
}
