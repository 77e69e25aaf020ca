/**
 * Objects that live in a server process and are shared by every process that connects to it.
 *
 * <p>Start with {@link io.condatis.manager.Manager}. Its dicts are {@link java.util.concurrent.ConcurrentMap}s, its queues
 * {@link io.condatis.manager.JoinableQueue}s; all are thread-safe, and any number of processes may use them. What goes in
 * and comes out is a copy; which classes may come out is said by
 * {@link io.condatis.manager.ManagerOptions#allow(Class[])}.
 */
package io.condatis.manager;
