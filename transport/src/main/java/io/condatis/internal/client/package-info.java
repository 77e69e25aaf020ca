/**
 * The clients' end of the wire, in bytes: a connection to a manager's server, and dicts and queues over it.
 *
 * <p>Start with {@link io.condatis.internal.client.Connection}. Never sees {@code internal.host} or {@code internal.store}.
 */
package io.condatis.internal.client;
