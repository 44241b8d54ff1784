// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.ChildJvm;
import java.util.Scanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SrtManyChannelsTest {
    @Test
    void aThousandIdleChannelsNeedNoThreadAndLittleHeap() throws Exception {
        ChildJvm.Result result = ChildJvm.run(ManyChannelsProgram.class, "1000");
        System.out.print(result.output());

        assertThat(result.output()).startsWith("threads ");
        Scanner words = new Scanner(result.output());
        words.next();
        int threadsBefore = words.nextInt();
        int threadsAfter = words.nextInt();
        words.next();
        int heapBytes = words.nextInt();
        assertThat(threadsAfter)
                .as("Java threads; a few of the JVM and of libsrt come and go")
                .isLessThan(threadsBefore + 10);
        assertThat(heapBytes).as("bytes of heap for each channel").isLessThanOrEqualTo(6 * 1024);
    }
}
