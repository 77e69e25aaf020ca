/**
 * Costs between JVMs. Each trial runs in child JVMs of its own, so that no trial profits or suffers from what the JIT
 * compiler learned in another.
 */
package io.condatis.perf.process;
