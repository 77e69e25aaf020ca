/**
 * The few facts that only the operating system or the JVM knows: sleeping on shared words, who lives, where shared memory
 * is, which flags are needed, what runs at the end. Not for users.
 */
package io.condatis.internal.os;
