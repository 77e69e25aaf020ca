/**
 * Programs to read, run and copy: {@link io.condatis.examples.Hello} is the first one, {@link io.condatis.examples.Examples}
 * lists the others.
 */
package io.condatis.examples;
