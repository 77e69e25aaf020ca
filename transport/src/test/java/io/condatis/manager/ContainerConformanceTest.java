package io.condatis.manager;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringListGenerator;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.ListFeature;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.features.SetFeature;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The contracts of {@code java.util}, by the suites that Guava publishes, with the features that hold. */
class ContainerConformanceTest {
    /** Objects of the last few tests; older ones are deleted. */
    private static final int MOST_OBJECTS = 64;

    private static final ArrayDeque<String> NAMES = new ArrayDeque<>();
    private static Manager manager;
    private static int made;

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    private static String newName() {
        NAMES.add("object-" + ++made);
        if (NAMES.size() > MOST_OBJECTS) {
            manager.delete(NAMES.poll());
        }
        return NAMES.getLast();
    }

    @TestFactory
    Stream<DynamicNode> listShouldBeAList() {
        return ConformanceTests.of(ListTestSuiteBuilder.using(new TestStringListGenerator() {
                    @Override
                    protected List<String> create(final String[] elements) {
                        final List<String> list = manager.list(newName());
                        list.addAll(Arrays.asList(elements));
                        return list;
                    }
                })
                .named("list")
                .withFeatures(
                        ListFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.ALLOWS_NULL_VALUES,
                        CollectionFeature.ALLOWS_NULL_QUERIES,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionSize.ANY)
                .createTestSuite());
    }

    @TestFactory
    Stream<DynamicNode> setShouldBeASet() {
        return ConformanceTests.of(SetTestSuiteBuilder.using(new TestStringSetGenerator() {
                    @Override
                    protected Set<String> create(final String[] elements) {
                        final Set<String> set = manager.set(newName());
                        set.addAll(Arrays.asList(elements));
                        return set;
                    }
                })
                .named("set")
                .withFeatures(
                        SetFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionSize.ANY)
                .createTestSuite());
    }

    @TestFactory
    Stream<DynamicNode> dictShouldBeAConcurrentMap() {
        return ConformanceTests.of(ConcurrentMapTestSuiteBuilder.using(new TestStringMapGenerator() {
                    @Override
                    protected Map<String, String> create(final Map.Entry<String, String>[] entries) {
                        final Map<String, String> dict = manager.dict(newName());
                        for (final Map.Entry<String, String> entry : entries) {
                            dict.put(entry.getKey(), entry.getValue());
                        }
                        return dict;
                    }
                })
                .named("dict")
                .withFeatures(
                        MapFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionSize.ANY)
                .createTestSuite());
    }
}
