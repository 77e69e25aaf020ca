package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.Access;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class GuardedBufferTest {
    private static final Set<String> NOT_AN_ACCESS = Set.of("capacity", "isExpandable", "wrap");
    private static final Map<Class<?>, Object> ARGUMENTS = Map.ofEntries(
            Map.entry(int.class, 0),
            Map.entry(long.class, 0L),
            Map.entry(double.class, 0.0),
            Map.entry(float.class, 0.0f),
            Map.entry(short.class, (short) 0),
            Map.entry(char.class, 'a'),
            Map.entry(byte.class, (byte) 0),
            Map.entry(byte[].class, new byte[8]),
            Map.entry(ByteOrder.class, ByteOrder.BIG_ENDIAN),
            Map.entry(ByteBuffer.class, ByteBuffer.allocate(8)),
            Map.entry(DirectBuffer.class, new UnsafeBuffer(new byte[8])),
            Map.entry(MutableDirectBuffer.class, new UnsafeBuffer(new byte[8])),
            Map.entry(String.class, "a"),
            Map.entry(CharSequence.class, "a"),
            Map.entry(Appendable.class, new StringBuilder()),
            Map.entry(Object.class, new UnsafeBuffer(new byte[8])));

    private final Access access = new Access("it");
    private final GuardedBuffer buffer = new GuardedBuffer(new UnsafeBuffer(ByteBuffer.allocateDirect(64)), access);

    @Test
    void shouldThrowFromEveryOperationWhenClosed() throws IllegalAccessException {
        access.close();
        int checked = 0;
        for (final Method method : AtomicBuffer.class.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && !NOT_AN_ACCESS.contains(method.getName())) {
                final InvocationTargetException thrown = assertThrows(
                        InvocationTargetException.class,
                        () -> method.invoke(buffer, argumentsOf(method)),
                        method::toString);
                assertInstanceOf(IllegalStateException.class, thrown.getCause(), method::toString);
                checked++;
            }
        }
        assertTrue(checked > 110, "operations found: " + checked);
    }

    @Test
    void shouldReadBackThroughEveryFormWhenOpen() {
        buffer.putLong(0, 0x1122334455667788L, ByteOrder.BIG_ENDIAN);
        buffer.putInt(8, -5);
        buffer.putDouble(16, 2.5);
        buffer.putStringUtf8(24, "żółw");

        assertEquals(0x11, buffer.getByte(0));
        assertEquals(-5, buffer.getAndAddInt(8, 6));
        assertEquals(1, buffer.getIntVolatile(8));
        assertEquals(2.5, buffer.getDouble(16));
        assertEquals("żółw", buffer.getStringUtf8(24));
        assertTrue(buffer.compareAndSetLong(40, 0, 9));
        assertEquals(9, new UnsafeBuffer(buffer).getLong(40));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.getLong(57));
    }

    @Test
    void shouldRefuseToBeWrapped() {
        assertThrows(UnsupportedOperationException.class, () -> buffer.wrap(new byte[1]));
        assertThrows(UnsupportedOperationException.class, () -> buffer.wrap(1L, 1));
    }

    private static Object[] argumentsOf(final Method method) {
        final List<Object> arguments = new ArrayList<>();
        for (final Class<?> type : method.getParameterTypes()) {
            arguments.add(ARGUMENTS.get(type));
        }
        return arguments.toArray();
    }
}
