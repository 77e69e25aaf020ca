/** Costs inside one JVM, by JMH: each benchmark class stands beside a baseline class. */
package io.condatis.perf.jmh;
