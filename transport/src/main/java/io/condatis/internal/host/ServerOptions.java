package io.condatis.internal.host;

import java.io.Serializable;
import java.net.InetSocketAddress;

/**
 * What a server is started with; travels to its process.
 *
 * @param name of the manager
 * @param limits what it refuses to exceed
 * @param idleMode what it does when there is nothing to do
 * @param metrics address of the loopback at which metrics can be read, or null
 * @serial exclude
 */
public record ServerOptions(String name, ServerLimits limits, IdleMode idleMode, InetSocketAddress metrics)
        implements Serializable {
    /**
     * Checks the address.
     *
     * @param name of the manager
     * @param limits what it refuses to exceed
     * @param idleMode what it does when there is nothing to do
     * @param metrics address of the loopback at which metrics can be read, or null
     * @throws IllegalArgumentException when other machines could reach it
     */
    public ServerOptions {
        if (metrics != null) {
            requireLoopback(metrics);
        }
    }

    /**
     * Refuses an address that other machines could reach.
     *
     * @param address for metrics
     * @throws IllegalArgumentException when it is none of the loopback
     */
    public static void requireLoopback(final InetSocketAddress address) {
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("metrics address=" + address + " is not allowed: there is no"
                    + " authentication, so it must be of the loopback, such as 127.0.0.1 or ::1");
        }
    }
}
