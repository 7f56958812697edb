package dev.gatehouse.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Free ports on the loopback address, none given twice. They lie below those that systems give to outgoing connections: a port from
 * there may be some client's by the time its server starts, and a client that knocks at a server which is down can even be connected
 * to itself, and then keeps the port.
 */
public final class Ports {

    private static final int FIRST = 11_000;
    private static final int END = 16_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A port that nobody listens on now. @throws java.util.NoSuchElementException when there is none */
    public static int free() {
        return new Random().ints(20_000, FIRST, END).filter(Ports::isFree).filter(GIVEN::add).findFirst().orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
