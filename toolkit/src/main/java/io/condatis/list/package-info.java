/**
 * Lists in shared memory that CPython's {@code multiprocessing.shared_memory.ShareableList} reads and writes, too.
 *
 * <p>{@link io.condatis.list.ShareableList} is what applications use. {@code ListLayout} is CPython's part of the block,
 * {@code FooterDescriptor} what follows it for Java processes.
 */
package io.condatis.list;
