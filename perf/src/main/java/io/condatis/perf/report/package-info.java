/**
 * What a run found and how it is shown: {@link io.condatis.perf.report.Figure}s of several trials, the
 * {@link io.condatis.perf.report.Bar}s they are held against, and the environment they were measured in.
 */
package io.condatis.perf.report;
