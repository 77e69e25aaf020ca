package io.condatis.perf.suite;

import io.condatis.perf.report.Section;

/**
 * A group of measurements that is run by name. What is compared is measured in the same run, in turns, so that what
 * disturbs one disturbs the other.
 */
public interface Suite {
    /** {@return the name on the command line, one lower case word} */
    String name();

    /** {@return what it measures, half a line} */
    String description();

    /**
     * Measure.
     *
     * @param run scale, place for files, progress
     * @return what was found
     * @throws Exception when it could not be measured; nothing is left running
     */
    Section run(Run run) throws Exception;
}
