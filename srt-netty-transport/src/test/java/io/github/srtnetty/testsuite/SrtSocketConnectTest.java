// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketConnectTest;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@Tag(SrtSocketTestPermutation.TAG)
class SrtSocketConnectTest extends SocketConnectTest {
    private static final String NO_FAST_OPEN =
            "TCP Fast Open sends before the connection is up: SRT has nothing like it";

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return SrtSocketTestPermutation.INSTANCE.socket();
    }

    @Test
    @Disabled(NO_FAST_OPEN)
    @Override
    public void testWriteWithFastOpenBeforeConnect(TestInfo testInfo) {}

    @Test
    @Disabled(NO_FAST_OPEN)
    @Override
    public void testWriteWithFastOpenBeforeConnectDirectBufferReaderIndex(TestInfo testInfo) {}

    @Test
    @Disabled(NO_FAST_OPEN)
    @Override
    public void testWriteWithFastOpenBeforeConnectCompositeBuffer(TestInfo testInfo) {}

    @Test
    @Disabled(NO_FAST_OPEN)
    @Override
    public void testWriteWithFastOpenBeforeConnectCompositeBufferReaderIndex(TestInfo testInfo) {}
}
