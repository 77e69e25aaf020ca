package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.sync.Abandonment;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LockTypeTest {
    @Test
    void shouldNamePoliciesAsClientsDo() {
        assertEquals(
                Stream.of(Abandonment.values()).map(Enum::name).toList(),
                IntStream.range(0, Abandonment.values().length)
                        .mapToObj(LockType::policyName)
                        .toList());
    }
}
