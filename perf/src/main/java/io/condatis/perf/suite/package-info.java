/** What the command knows of a group of measurements: {@link io.condatis.perf.suite.Suite}. */
package io.condatis.perf.suite;
