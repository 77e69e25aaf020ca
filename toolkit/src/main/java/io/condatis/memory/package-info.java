/**
 * Memory that processes share by name.
 *
 * <p>Start with {@link io.condatis.memory.SharedMemory}, plain bytes that CPython sees too. {@link
 * io.condatis.memory.Arena} is the ground of {@code io.condatis.SharedObjects}, with {@link
 * io.condatis.memory.ObjectEntry} as what a listing shows. All classes may be used by all threads.
 *
 * <p>Rules that everything here keeps: memory is reserved before it is used, so that a full file system is an exception
 * and not a SIGBUS; nothing is unmapped by hand, so that use after close is an exception and not a SIGSEGV; a file gets
 * its final name by a hard link when it is complete; and nothing is removed unless it is proven dead.
 *
 * <p>Uses {@code error}, {@code internal.os} and {@code sync}.
 */
package io.condatis.memory;
