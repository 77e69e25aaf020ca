/**
 * The harness that measures Condatis beside the limits it stands on, in one run. {@link io.condatis.perf.Perf} is the
 * command; a suite is one class in {@code perf.jmh} (costs inside one JVM) or {@code perf.process} (between JVMs), listed
 * in {@link io.condatis.perf.Suites}.
 */
package io.condatis.perf;
