// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.SocketConnectionAttemptTest;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag(SrtSocketTestPermutation.TAG)
class SrtSocketConnectionAttemptTest extends SocketConnectionAttemptTest {
    @Override
    protected List<BootstrapFactory<Bootstrap>> newFactories() {
        return SrtSocketTestPermutation.INSTANCE.clientSocket();
    }
}
