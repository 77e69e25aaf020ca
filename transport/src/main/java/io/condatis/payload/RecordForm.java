package io.condatis.payload;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;

/** One record class: its name as bytes, its accessors and its canonical constructor, all looked up once. */
final class RecordForm {
    final byte[] nameBytes;
    private final Class<?> type;
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;

    RecordForm(final Class<?> type) {
        this.type = type;
        nameBytes = type.getName().getBytes(StandardCharsets.UTF_8);
        final RecordComponent[] components = type.getRecordComponents();
        final Class<?>[] types = new Class<?>[components.length];
        accessors = new MethodHandle[components.length];
        final MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                components[i].getAccessor().setAccessible(true);
                accessors[i] = lookup.unreflect(components[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
            }
            final var canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            constructor = lookup.unreflectConstructor(canonical)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (final ReflectiveOperationException | RuntimeException e) {
            throw new PayloadException(
                    "record " + type.getName() + " cannot be taken apart: " + e
                            + "; if it is in a named module, open its package to io.condatis.transport",
                    e);
        }
    }

    int size() {
        return accessors.length;
    }

    Object component(final Object record, final int i) {
        try {
            return (Object) accessors[i].invokeExact(record);
        } catch (final Throwable e) {
            throw new PayloadException(
                    "the accessor of component " + i + " of record " + type.getName() + " threw: " + e, e);
        }
    }

    Object make(final Object[] components) {
        try {
            return (Object) constructor.invokeExact(components);
        } catch (final Throwable e) {
            throw new PayloadException("the constructor of record " + type.getName() + " refused a payload: " + e, e);
        }
    }
}
