package dev.gatehouse.testbed.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;

/** Free ports on the loopback address. */
final class Ports {

    private Ports() {}

    /** Different ones: all are held until the last is known. */
    static List<Integer> free(int count) {
        List<ServerSocket> held = IntStream.range(0, count).mapToObj(index -> open()).toList();
        List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
        held.forEach(Ports::close);
        return ports;
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
