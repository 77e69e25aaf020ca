package io.condatis;

import io.condatis.structure.Structure;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Supplier;

/**
 * What is serialised instead of a structure, an array or a snapshot of them: where it is, and the application's class.
 *
 * @param owner name of the set it is in
 * @param generation tells the set from an earlier or later one of the name
 * @param name of the object
 * @param incarnation tells it from an earlier or later object of the name
 * @param structureClass name of the class, which has a constructor without arguments, public or not
 */
record StructureHandle(String owner, long generation, String name, long incarnation, String structureClass)
        implements Serializable {
    static StructureHandle of(final ObjectHandle object, final Class<?> type) throws NotSerializableException {
        try {
            type.getDeclaredConstructor();
        } catch (final NoSuchMethodException e) {
            throw new NotSerializableException(type.getName() + " (it has no constructor without arguments, by which"
                    + " another process could make it: give it one, and make it static if it is in another class)");
        }
        return new StructureHandle(
                object.owner(), object.generation(), object.name(), object.incarnation(), type.getName());
    }

    private Object readResolve() throws InvalidObjectException {
        final ObjectHandle object = new ObjectHandle(owner, generation, name, incarnation);
        return object.shared().structureOf(object, factory(constructor()));
    }

    /** Of a structure only: a handle must not make another class run. */
    private Constructor<? extends Structure> constructor() throws InvalidObjectException {
        try {
            final Constructor<? extends Structure> constructor =
                    load().asSubclass(Structure.class).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor;
        } catch (final ReflectiveOperationException | RuntimeException e) {
            final InvalidObjectException failure = new InvalidObjectException("The structure '" + name + "' of '"
                    + owner + "' is a " + structureClass + ", which cannot be made here: " + e
                    + "; the class must be on the class path, and its package open to Condatis if it is in a module");
            failure.initCause(e);
            throw failure;
        }
    }

    private Class<?> load() throws ClassNotFoundException {
        try {
            return Class.forName(structureClass, false, Thread.currentThread().getContextClassLoader());
        } catch (final ClassNotFoundException e) {
            return Class.forName(structureClass, false, StructureHandle.class.getClassLoader());
        }
    }

    private static <T extends Structure> Supplier<T> factory(final Constructor<T> constructor) {
        return () -> {
            try {
                return constructor.newInstance();
            } catch (final InvocationTargetException e) {
                throw new IllegalStateException(constructor + " failed: " + e.getCause(), e.getCause());
            } catch (final ReflectiveOperationException e) {
                throw new IllegalStateException(constructor + " cannot be called: " + e, e);
            }
        };
    }
}
