// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketFileRegionTest;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag(SrtSocketTestPermutation.TAG)
class SrtSocketFileRegionTest extends SocketFileRegionTest {
    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return SrtSocketTestPermutation.INSTANCE.socket();
    }
}
