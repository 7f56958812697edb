package dev.gatehouse.it.chain;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;

/** The machine that the tests run on. */
public final class Machine {

    private Machine() {}

    /** An address of it that an EndpointSlice may hold: not the loopback's. */
    public static InetAddress address() throws IOException {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst().orElseThrow(() -> new IllegalStateException("this machine has no IPv4 address beside the loopback's"));
    }
}
