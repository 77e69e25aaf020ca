/** Programs to read, run and copy. {@link io.condatis.examples.Hello} is the first one. */
package io.condatis.examples;
