package io.condatis.internal.host;

import java.io.Serializable;

/**
 * What a server is started with; travels to its process.
 *
 * @param name of the manager
 * @param limits what it refuses to exceed
 * @param clientLivenessNs how long a client may stand still until it loses its streams
 * @serial exclude
 */
public record ServerOptions(String name, ServerLimits limits, long clientLivenessNs) implements Serializable {}
