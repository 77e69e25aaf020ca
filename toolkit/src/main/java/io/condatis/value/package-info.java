/**
 * Numbers in shared memory that several processes read and change atomically.
 *
 * <p>Start with {@link io.condatis.value.LongValue}, {@link io.condatis.value.DoubleArray}; applications get them from
 * {@code io.condatis.SharedObjects}, or put them over any buffer by {@code at(buffer, offset)}. All classes may be used by
 * all threads and processes at once. A value is given a buffer and an offset and never knows who owns the memory.
 *
 * <p>Uses {@code internal.os} only.
 */
package io.condatis.value;
