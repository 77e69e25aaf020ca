package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Runs the suites of guava-testlib, which are of JUnit 3, as tests of today, each with a time-out. */
final class ConformanceTests {
    private static final Duration TIME_OUT = Duration.ofSeconds(120);

    private ConformanceTests() {}

    static Stream<DynamicNode> of(final TestSuite suite) {
        return Collections.list(suite.tests()).stream().map(ConformanceTests::node);
    }

    private static DynamicNode node(final Test test) {
        if (test instanceof TestSuite suite) {
            return DynamicContainer.dynamicContainer(suite.getName(), of(suite));
        }
        final TestCase single = (TestCase) test;
        return DynamicTest.dynamicTest(single.getName(), () -> assertTimeoutPreemptively(TIME_OUT, single::runBare));
    }
}
