/**
 * The desk's book: exact sums in shared memory, each trade applied once, whoever is killed and whenever.
 *
 * <p>This is the pattern to copy. Start with {@link io.condatis.examples.desk.book.Book}, then
 * {@link io.condatis.examples.desk.book.UndoRecord}. A {@code Book} belongs to one thread; any number of processes
 * may each have one over the same shared memory.
 */
package io.condatis.examples.desk.book;
