// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import io.github.srtnetty.relay.directory.testing.StreamDirectoryContract;

class LocalStreamDirectoryTest extends StreamDirectoryContract {
    private final LocalStreamDirectory directory = new LocalStreamDirectory();

    @Override
    protected StreamDirectory directory() {
        return directory;
    }
}
