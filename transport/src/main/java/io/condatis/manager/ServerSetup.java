package io.condatis.manager;

import io.condatis.internal.host.ServerOptions;
import io.condatis.payload.PayloadTypes;
import java.io.Serializable;
import java.util.List;

/**
 * All that a server starts with; travels to its process.
 *
 * @param options of the server proper
 * @param initializer run first, or null
 * @param registrations of the user's own classes
 * @param types classes that may be in arguments and results of these
 */
record ServerSetup(ServerOptions options, Initializer initializer, List<Registration> registrations, PayloadTypes types)
        implements Serializable {}
