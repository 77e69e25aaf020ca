package io.condatis.internal.host;

import java.io.Serializable;

/**
 * What a server is started with; travels to its process.
 *
 * @param name of the manager
 * @param limits what it refuses to exceed
 * @serial exclude
 */
public record ServerOptions(String name, ServerLimits limits) implements Serializable {}
