// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketRstTest;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@Tag(SrtSocketTestPermutation.TAG)
class SrtSocketRstTest extends SocketRstTest {
    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return SrtSocketTestPermutation.INSTANCE.socket();
    }

    @Test
    @Disabled("SRT has no reset: a peer that drops the connection sends the same message as one that ends it")
    @Override
    public void testSoLingerZeroCausesOnlyRstOnClose(TestInfo testInfo) {}
}
