package dev.gatehouse.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void noPortIsGivenTwiceAndEachCanBeListenedOn() throws Exception {
        int[] ports = IntStream.range(0, 200).map(index -> Ports.free()).toArray();
        assertThat(ports).doesNotHaveDuplicates();
        try (ServerSocket socket = new ServerSocket(ports[0], 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.getLocalPort()).isEqualTo(ports[0]);
        }
    }
}
