/**
 * The server's end of the wire: one thread that drives the media driver, the Aeron client, the sessions and the store.
 *
 * <p>Start with {@link io.condatis.internal.host.ManagerServer}. Never sees {@code internal.client}.
 */
package io.condatis.internal.host;
