package io.condatis.internal.os;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whether a piece of mapped memory may still be used. One instance is shared by every view of that piece, and a view
 * asks it before each operation.
 *
 * <p>The flag is read opaquely: {@link #check()} is one load, made each time also in a loop, so that a loop of plain reads
 * ends soon after {@link #close()}. A thread that has not yet seen that still reaches memory that is mapped, because the
 * mapping lives as long as a view of it.
 */
public final class Access {
    /** One that is closed, for what must always take the way on which it asks another one. */
    public static final Access NEVER = new Access("nothing");

    private static final VarHandle OPEN;
    private static final Access ALWAYS = new Access("this buffer");

    static {
        try {
            OPEN = MethodHandles.lookup().findVarHandle(Access.class, "open", boolean.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        NEVER.close();
    }

    private static final int FIRST_ROOM = 16;

    private final String subject;
    private final List<WeakReference<Runnable>> actions = new ArrayList<>();
    private int roomForActions = FIRST_ROOM;
    private boolean open = true; // by OPEN
    private Representation representation;

    /**
     * An open access.
     *
     * @param subject what is guarded, as the message of the exception names it
     */
    public Access(final String subject) {
        this.subject = subject;
    }

    /**
     * Finds what guards a buffer.
     *
     * @param buffer any buffer
     * @return its guard; for a buffer that is not {@link Guarded}, one that stays open
     */
    public static Access of(final DirectBuffer buffer) {
        return buffer instanceof Guarded ? ((Guarded) buffer).access() : ALWAYS;
    }

    /**
     * A view of part of a buffer that does not ask the guard: the caller does, by {@link #check()}. It keeps the
     * mapping alive.
     *
     * @param buffer any buffer
     * @param offset of the first byte
     * @param length in bytes
     * @return the view
     * @throws IllegalStateException when the buffer is closed
     * @throws IndexOutOfBoundsException when the part lies outside of the buffer
     */
    public static UnsafeBuffer window(final DirectBuffer buffer, final int offset, final int length) {
        of(buffer).check();
        buffer.boundsCheck(offset, length);
        return new UnsafeBuffer(buffer, offset, length);
    }

    /**
     * Fails when the memory has been closed.
     *
     * @throws IllegalStateException naming what was closed
     */
    public void check() {
        if (!isOpen()) {
            throw closed(); // a method of its own, so that this one is small enough to be inlined everywhere
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException(subject + " is closed: no view of it can be used any more.");
    }

    /** What is serialised instead of an object in this memory. */
    public interface Representation {
        /**
         * Makes a handle.
         *
         * @param type class of the object, or of the structures that it is made of
         * @return resolves to the object when it is read, in whatever process
         * @throws NotSerializableException when no other process can make an object of that class
         */
        Serializable of(Class<?> type) throws NotSerializableException;
    }

    /**
     * Says what is serialised instead of an object in this memory.
     *
     * @param newRepresentation of the object
     */
    public void representBy(final Representation newRepresentation) {
        representation = newRepresentation;
    }

    /**
     * What an object that is the whole of this memory returns from {@code writeReplace}.
     *
     * @param object to be serialised
     * @return its handle
     * @throws NotSerializableException when the memory has no name of its own
     */
    public Serializable handleOf(final Object object) throws NotSerializableException {
        return handleOf(object, object.getClass());
    }

    /**
     * What an object that is the whole of this memory returns from {@code writeReplace}.
     *
     * @param object to be serialised
     * @param type of the structures that it is made of
     * @return its handle
     * @throws NotSerializableException when the memory has no name of its own
     */
    public Serializable handleOf(final Object object, final Class<?> type) throws NotSerializableException {
        if (representation == null) {
            throw partial(object);
        }
        return representation.of(type);
    }

    /**
     * What an object that is part of this memory throws from {@code writeReplace}.
     *
     * @param object to be serialised
     * @return the exception, as {@code ObjectOutputStream} expects it: its message begins with the class
     */
    public static NotSerializableException partial(final Object object) {
        return new NotSerializableException(object.getClass().getName()
                + " (a part or a plain view of memory, which has no name: hand over the shared object it is part of)");
    }

    /**
     * Has something done at the end of {@link #close()}, at once if it is closed.
     *
     * @param action what a view does to its own fields; not kept alive by this
     */
    public void whenClosed(final Runnable action) {
        if (this == ALWAYS) {
            return;
        }
        synchronized (actions) {
            if (open) {
                if (actions.size() == roomForActions) {
                    actions.removeIf(reference -> reference.get() == null);
                    roomForActions = 2 * actions.size() + FIRST_ROOM;
                }
                actions.add(new WeakReference<>(action));
                return;
            }
        }
        action.run();
    }

    /** {@return whether it has not been closed} */
    public boolean isOpen() {
        return (boolean) OPEN.getOpaque(this);
    }

    /** Closes it for every view; idempotent. Does not unmap anything. */
    public void close() {
        OPEN.setOpaque(this, false);
        synchronized (actions) {
            for (final WeakReference<Runnable> reference : actions) {
                final Runnable action = reference.get();
                if (action != null) {
                    action.run();
                }
            }
            actions.clear();
        }
    }
}
