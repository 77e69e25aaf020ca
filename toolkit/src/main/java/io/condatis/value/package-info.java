/**
 * Numbers, characters and booleans of C in shared memory that several processes read and change atomically.
 *
 * <p>Start with {@link io.condatis.value.LongValue}, {@link io.condatis.value.DoubleArray} and
 * {@link io.condatis.value.CType}; applications get them from {@code io.condatis.SharedObjects}, or put them over any
 * buffer by {@code at(buffer, offset)}. There is one class for each type that they are in Java; {@code CType} tells
 * width and sign. All classes may be used by all threads and processes at once. A value is given a buffer and an
 * offset and never knows who owns the memory.
 *
 * <p>Uses {@code internal.os} only.
 */
package io.condatis.value;
