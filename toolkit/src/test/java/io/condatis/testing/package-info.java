/** Fixtures of the tests of every module: child JVMs, deadlines, leak checks. */
package io.condatis.testing;
