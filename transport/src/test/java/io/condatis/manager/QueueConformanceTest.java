package io.condatis.manager;

import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The contract of {@code java.util.Queue}, by the suite that Guava publishes, for each kind of queue. */
class QueueConformanceTest {
    private static Manager manager;

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @TestFactory
    Stream<DynamicNode> queueShouldBeAQueue() {
        return suite("queue", manager::<String>queue);
    }

    @TestFactory
    Stream<DynamicNode> joinableQueueShouldBeAQueue() {
        return suite("joinable queue", manager::<String>joinableQueue);
    }

    @TestFactory
    Stream<DynamicNode> priorityQueueShouldBeAQueue() {
        return suite("priority queue", manager::<String>priorityQueue);
    }

    /** Anonymous queues, which go when the test has gone. */
    private static Stream<DynamicNode> suite(final String name, final Function<Integer, Queue<String>> maker) {
        return ConformanceTests.of(QueueTestSuiteBuilder.using(new TestStringQueueGenerator() {
                    @Override
                    protected Queue<String> create(final String[] elements) {
                        final Queue<String> queue = maker.apply(0);
                        queue.addAll(Arrays.asList(elements));
                        return queue;
                    }
                })
                .named(name)
                .withFeatures(
                        CollectionFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionSize.ANY)
                .createTestSuite());
    }
}
