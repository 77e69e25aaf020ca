/**
 * The trading desk: a feed, a manager's queue, some workers, a book in shared memory, and a hand that kills workers.
 *
 * <p>Start with {@link io.condatis.examples.desk.Demo}. One process is the coordinator; it starts a manager (a server
 * JVM), a feed and the workers:
 * <pre>
 *   feed ── put ──> joinable queue ── take ──> worker 1 .. N ── lock ──> book in shared memory
 *                   (manager)        taskDone                ── merge ─> dict of VWAPs (manager)
 * </pre>
 * What makes the sums exact although workers are killed is in {@code io.condatis.examples.desk.book}.
 */
package io.condatis.examples.desk;
