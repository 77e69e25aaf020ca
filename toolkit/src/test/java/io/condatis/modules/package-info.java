/** A user's program on the module path. */
package io.condatis.modules;
