package io.condatis.payload;

import io.condatis.error.CondatisException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.io.DirectBufferInputStream;

/** The JDK's serialisation behind the allow list: no dependency, ten to forty times slower than a record. */
final class JdkCodec implements PayloadCodec {
    static final byte ID = 1;

    private static final int MAX_DEPTH = 64;
    private static final long MAX_REFERENCES = 1_000_000;

    @Override
    public byte id() {
        return ID;
    }

    @Override
    public int encode(
            final Object value, final MutableDirectBuffer buffer, final int offset, final PayloadTypes types) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (ObjectOutputStream out = new CheckedObjectOutputStream(bytes, types)) {
            out.writeObject(value);
        } catch (final IOException e) {
            throw new PayloadException(
                    "an object of class " + value.getClass().getName() + " cannot be serialised: " + e
                            + "; make it a record or implement java.io.Serializable in it and in all it refers to",
                    e);
        }
        buffer.putBytes(offset, bytes.toByteArray());
        return bytes.size();
    }

    @Override
    public Object decode(final DirectBuffer buffer, final int offset, final int length, final PayloadTypes types) {
        final AllowListFilter filter = new AllowListFilter(types, length);
        try (ObjectInputStream in = new ContextObjectInputStream(new DirectBufferInputStream(buffer, offset, length))) {
            in.setObjectInputFilter(filter);
            return in.readObject();
        } catch (final InvalidClassException e) {
            throw filter.refusedClass == null ? unreadable(e) : PayloadTypes.refused(filter.refusedClass);
        } catch (final CondatisException e) {
            throw e; // a handle to what is gone says so
        } catch (final IOException | ClassNotFoundException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    private static PayloadException unreadable(final Exception cause) {
        return new PayloadException(
                "a payload cannot be deserialised here: " + cause + "; sender and receiver need the same classes",
                cause);
    }

    /** Refuses what readers would refuse, where somebody can still do something about it. */
    private static final class CheckedObjectOutputStream extends ObjectOutputStream {
        private final PayloadTypes types;

        CheckedObjectOutputStream(final ByteArrayOutputStream out, final PayloadTypes types) throws IOException {
            super(out);
            this.types = types;
        }

        @Override
        protected void annotateClass(final Class<?> type) {
            // The stream writes its own exception when it fails; that one never travels.
            if (!types.allows(type) && !IOException.class.isAssignableFrom(type)) {
                throw PayloadTypes.refused(type.getName());
            }
        }
    }

    /** Finds classes as the application does, not as this library does. */
    private static final class ContextObjectInputStream extends ObjectInputStream {
        ContextObjectInputStream(final DirectBufferInputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(final ObjectStreamClass description)
                throws IOException, ClassNotFoundException {
            final Class<?> type = find(description);
            if (PayloadTypes.isMadeByHandle(type)) {
                throw new InvalidClassException(description.getName(), "comes as a handle, never as itself");
            }
            return type;
        }

        private Class<?> find(final ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return super.resolveClass(description);
            } catch (final ClassNotFoundException e) {
                return RecordForms.load(
                        description.getName(), Thread.currentThread().getContextClassLoader());
            }
        }
    }

    private static final class AllowListFilter implements ObjectInputFilter {
        private final PayloadTypes types;
        private final int length;
        private String refusedClass;

        AllowListFilter(final PayloadTypes types, final int length) {
            this.types = types;
            this.length = length;
        }

        @Override
        public Status checkInput(final FilterInfo info) {
            if (info.depth() > MAX_DEPTH || info.references() > MAX_REFERENCES || info.arrayLength() > length) {
                return Status.REJECTED;
            }
            final Class<?> type = info.serialClass();
            if (type == null) {
                return Status.UNDECIDED;
            }
            if (types.allows(type) || PayloadTypes.isMadeByHandle(type)) {
                return Status.ALLOWED;
            }
            refusedClass = type.getName();
            return Status.REJECTED;
        }
    }
}
