package io.condatis.internal.host;

import java.io.Serializable;

/**
 * What a server is started with; travels to its process.
 *
 * @param name of the manager
 * @param limits what it refuses to exceed
 * @param idleMode what it does when there is nothing to do
 * @serial exclude
 */
public record ServerOptions(String name, ServerLimits limits, IdleMode idleMode) implements Serializable {}
