package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteArray;
import io.condatis.value.CType;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.agrona.ExpandableArrayBuffer;

/** A managed array with objects for bytes. */
final class ArrayProxy implements SharedArray, Proxied {
    private final RemoteArray array;
    private final Connection connection;
    private final CType type;
    private final ArrayForm form;
    private final int length;
    private final int mostElements;

    ArrayProxy(final RemoteArray array) {
        this.array = array;
        connection = array.connection();
        final long argument = array.reference().argument();
        type = CType.of((char) (argument >>> Integer.SIZE));
        length = (int) argument;
        form = new ArrayForm(type);
        mostElements = Pages.MOST_BYTES / type.size();
    }

    /** What an Open says of an array. */
    static long argument(final CType type, final int length) {
        if (length < 0) {
            throw new IllegalArgumentException("the length of an array is not negative: " + length);
        }
        return (long) type.code() << Integer.SIZE | length;
    }

    /** Set the elements unless any was ever set. */
    ArrayProxy initialise(final Object elements) {
        write(0, elements, true);
        return this;
    }

    @Override
    public ObjectReference reference() {
        return array.reference();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public CType type() {
        return type;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public Object get(final int index) {
        final Call call = begin(index);
        try {
            array.get(call, index, 1);
            return form.get(call.answer().buffer(), 0);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public void set(final int index, final Object value) {
        final Call call = begin(index);
        try {
            encode(value, call.value());
            array.set(call, index);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public long getLong(final int index) {
        checkInteger();
        final Call call = begin(index);
        try {
            array.get(call, index, 1);
            return form.getLong(call.answer().buffer(), 0);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public void setLong(final int index, final long value) {
        checkInteger();
        final Call call = begin(index);
        try {
            form.putLong(call.value().buffer(), 0, value);
            call.value().length(type.size());
            array.set(call, index);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public double getDouble(final int index) {
        checkFloating();
        final Call call = begin(index);
        try {
            array.get(call, index, 1);
            return form.getDouble(call.answer().buffer(), 0);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public void setDouble(final int index, final double value) {
        checkFloating();
        final Call call = begin(index);
        try {
            form.putDouble(call.value().buffer(), 0, value);
            call.value().length(type.size());
            array.set(call, index);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public long addAndGet(final int index, final long delta) {
        checkInteger();
        final Call call = begin(index);
        try {
            array.add(call, index, delta);
            return form.getLong(call.answer().buffer(), 0);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public double addAndGet(final int index, final double delta) {
        checkFloating();
        final Call call = begin(index);
        try {
            array.add(call, index, Double.doubleToRawLongBits(delta));
            return form.getDouble(call.answer().buffer(), 0);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public boolean compareAndSet(final int index, final Object expected, final Object value) {
        final Call call = begin(index);
        try {
            encode(expected, call.expected());
            encode(value, call.value());
            return array.setIfEqual(call, index);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public Object updateAndGet(final int index, final UnaryOperator<Object> function) {
        Objects.requireNonNull(function, "function");
        final Call call = begin(index);
        try {
            while (true) {
                array.get(call, index, 1);
                Values.copy(call.answer(), call.expected());
                encode(function.apply(form.get(call.answer().buffer(), 0)), call.value());
                connection.renew(call);
                if (array.setIfEqual(call, index)) {
                    return form.get(call.value().buffer(), 0);
                }
                connection.renew(call);
            }
        } finally {
            connection.end(call);
        }
    }

    @Override
    public void setAll(final int from, final Object elements) {
        write(from, elements, false);
    }

    private void write(final int from, final Object elements, final boolean onlyOnce) {
        final Object source = elements instanceof Collection<?> collection ? collection.toArray() : elements;
        final int count = Array.getLength(source);
        Objects.checkFromIndexSize(from, count, length);
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(Math.max(1, count * type.size()));
        form.putAll(bytes, source, 0, count);
        for (int done = 0; done < count; done += mostElements) {
            final Call call = connection.begin();
            try {
                final int part = Math.min(mostElements, count - done);
                call.value().buffer().putBytes(0, bytes, done * type.size(), part * type.size());
                call.value().length(part * type.size());
                if (!onlyOnce || done > 0) {
                    array.set(call, from + done);
                } else if (!array.initialise(call, from)) {
                    return;
                }
            } finally {
                connection.end(call);
            }
        }
    }

    @Override
    public Object toArray() {
        return toArray(0, length);
    }

    @Override
    public Object toArray(final int from, final int to) {
        Objects.checkFromToIndex(from, to, length);
        final Object copy = form.newArray(to - from);
        for (int done = 0; done < to - from; done += mostElements) {
            final Call call = connection.begin();
            try {
                final int part = Math.min(mostElements, to - from - done);
                array.get(call, from + done, part);
                for (int i = 0; i < part; i++) {
                    Array.set(copy, done + i, form.get(call.answer().buffer(), i * type.size()));
                }
            } finally {
                connection.end(call);
            }
        }
        return copy;
    }

    /** Each page is read when the iterator comes to it. */
    @Override
    public Iterator<Object> iterator() {
        final int page = Math.max(1, Math.min(mostElements, 1_024));
        return IntStream.iterate(0, i -> i < length, i -> i + page)
                .mapToObj(i -> toArray(i, Math.min(length, i + page)))
                .flatMap(part -> IntStream.range(0, Array.getLength(part)).mapToObj(i -> Array.get(part, i)))
                .iterator();
    }

    private Call begin(final int index) {
        Objects.checkIndex(index, length);
        return connection.begin();
    }

    private void encode(final Object value, final Bytes bytes) {
        form.put(bytes.buffer(), 0, value);
        bytes.length(type.size());
    }

    private void checkInteger() {
        if (!type.isInteger()) {
            throw form.notOf("integer");
        }
    }

    private void checkFloating() {
        if (!form.isFloating()) {
            throw form.notOf("floating");
        }
    }

    @Override
    public String toString() {
        return "Array(" + type + ", length " + length + ")";
    }
}
