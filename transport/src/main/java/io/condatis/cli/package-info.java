/**
 * Commands of the {@code condatis} launcher. {@link io.condatis.cli.Torture} kills processes that use a primitive and looks
 * whether it keeps its promises.
 */
package io.condatis.cli;
