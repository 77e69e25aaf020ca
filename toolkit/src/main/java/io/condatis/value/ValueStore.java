package io.condatis.value;

/**
 * Where named values and arrays are made and found: {@code SharedObjects}. The type of a result is that of the
 * variable it is assigned to; a wrong one is a {@link ClassCastException} there.
 *
 * <pre>{@code
 * IntValue n = shared.value("n", 'i', 7);
 * DoubleArray a = shared.array("a", 'd', new double[] {1, 2, 3});
 * }</pre>
 */
public interface ValueStore {
    /**
     * Finds or makes a value and the lock that goes with it.
     *
     * @param name of the value
     * @param type of the value
     * @param initial its content if it is made, by the rules of {@link Value#setBoxed}
     * @param <V> its class
     * @return the value; raw when whoever made it made it so
     * @throws IllegalArgumentException when the content cannot be of that type
     * @throws io.condatis.error.CondatisException when something else has the name, or there is no room
     */
    <V extends Value> V value(String name, CType type, Object initial);

    /**
     * Finds or makes a value without a lock.
     *
     * @param name of the value
     * @param type of the value
     * @param initial its content if it is made, by the rules of {@link Value#setBoxed}
     * @param <V> its class
     * @return the value; with a lock when whoever made it gave it one
     */
    <V extends Value> V rawValue(String name, CType type, Object initial);

    /**
     * Finds a value of whatever type.
     *
     * @param name of the value
     * @param <V> its class
     * @return the value
     */
    <V extends Value> V value(String name);

    /**
     * Finds a value.
     *
     * @param name of the value
     * @param type that it is to have
     * @param <V> its class
     * @return the value
     */
    <V extends Value> V value(String name, CType type);

    /**
     * Finds or makes an array and the lock that goes with it.
     *
     * @param name of the array
     * @param type of its elements
     * @param content its length as an Integer, for zeros, or its elements as a Java array or collection; an array
     *     that is found must have the same length and keeps its elements
     * @param <A> its class
     * @return the array; raw when whoever made it made it so
     */
    <A extends Array> A array(String name, CType type, Object content);

    /**
     * Finds or makes an array without a lock.
     *
     * @param name of the array
     * @param type of its elements
     * @param content as in {@link #array(String, CType, Object)}
     * @param <A> its class
     * @return the array; with a lock when whoever made it gave it one
     */
    <A extends Array> A rawArray(String name, CType type, Object content);

    /**
     * Finds an array of whatever type and length.
     *
     * @param name of the array
     * @param <A> its class
     * @return the array
     */
    <A extends Array> A array(String name);

    /**
     * Finds an array of whatever length.
     *
     * @param name of the array
     * @param type that its elements are to have
     * @param <A> its class
     * @return the array
     */
    <A extends Array> A array(String name, CType type);

    /**
     * Finds or makes a value and the lock that goes with it.
     *
     * @param name of the value
     * @param code of its type, see {@link CType#of}
     * @param initial its content if it is made
     * @param <V> its class
     * @return the value
     */
    default <V extends Value> V value(final String name, final char code, final Object initial) {
        return value(name, CType.of(code), initial);
    }

    /**
     * Finds or makes a value without a lock.
     *
     * @param name of the value
     * @param code of its type, see {@link CType#of}
     * @param initial its content if it is made
     * @param <V> its class
     * @return the value
     */
    default <V extends Value> V rawValue(final String name, final char code, final Object initial) {
        return rawValue(name, CType.of(code), initial);
    }

    /**
     * Finds or makes an array and the lock that goes with it.
     *
     * @param name of the array
     * @param code of the type of its elements, see {@link CType#of}
     * @param content its length or its elements
     * @param <A> its class
     * @return the array
     */
    default <A extends Array> A array(final String name, final char code, final Object content) {
        return array(name, CType.of(code), content);
    }

    /**
     * Finds or makes an array without a lock.
     *
     * @param name of the array
     * @param code of the type of its elements, see {@link CType#of}
     * @param content its length or its elements
     * @param <A> its class
     * @return the array
     */
    default <A extends Array> A rawArray(final String name, final char code, final Object content) {
        return rawArray(name, CType.of(code), content);
    }

    /**
     * Finds or makes a {@code long}.
     *
     * @param name of the value
     * @param initial its value if it is made
     * @return the value
     */
    default LongValue longValue(final String name, final long initial) {
        return rawValue(name, CType.LONG_LONG, initial);
    }

    /**
     * Finds a {@code long}.
     *
     * @param name of the value
     * @return the value
     */
    default LongValue longValue(final String name) {
        return value(name, CType.LONG_LONG);
    }

    /**
     * Finds or makes a {@code double}.
     *
     * @param name of the value
     * @param initial its value if it is made
     * @return the value
     */
    default DoubleValue doubleValue(final String name, final double initial) {
        return rawValue(name, CType.DOUBLE, initial);
    }

    /**
     * Finds a {@code double}.
     *
     * @param name of the value
     * @return the value
     */
    default DoubleValue doubleValue(final String name) {
        return value(name, CType.DOUBLE);
    }

    /**
     * Finds or makes an array of {@code long}, filled with zeros.
     *
     * @param name of the value
     * @param length number of elements, from 0
     * @return the array
     */
    default LongArray longArray(final String name, final int length) {
        return rawArray(name, CType.LONG_LONG, length);
    }

    /**
     * Finds an array of {@code long}, of whatever length.
     *
     * @param name of the array
     * @return the array
     */
    default LongArray longArray(final String name) {
        return array(name, CType.LONG_LONG);
    }

    /**
     * Finds or makes an array of {@code double}, filled with zeros.
     *
     * @param name of the value
     * @param length number of elements, from 0
     * @return the array
     */
    default DoubleArray doubleArray(final String name, final int length) {
        return rawArray(name, CType.DOUBLE, length);
    }

    /**
     * Finds an array of {@code double}, of whatever length.
     *
     * @param name of the array
     * @return the array
     */
    default DoubleArray doubleArray(final String name) {
        return array(name, CType.DOUBLE);
    }

    /**
     * Finds or makes an {@code int}, raw.
     *
     * @param name of the value
     * @param initial its content if it is made
     * @return the value
     */
    default IntValue intValue(final String name, final int initial) {
        return rawValue(name, CType.INT, initial);
    }

    /**
     * Finds or makes a {@code float}, raw.
     *
     * @param name of the value
     * @param initial its content if it is made
     * @return the value
     */
    default FloatValue floatValue(final String name, final float initial) {
        return rawValue(name, CType.FLOAT, initial);
    }

    /**
     * Finds or makes a {@code boolean}, raw.
     *
     * @param name of the value
     * @param initial its content if it is made
     * @return the value
     */
    default BooleanValue booleanValue(final String name, final boolean initial) {
        return rawValue(name, CType.BOOLEAN, initial);
    }

    /**
     * Finds or makes an array of {@code int}, raw.
     *
     * @param name of the array
     * @param length number of its elements, zero if it is made
     * @return the array
     */
    default IntArray intArray(final String name, final int length) {
        return rawArray(name, CType.INT, length);
    }

    /**
     * Finds or makes an array of {@code float}, raw.
     *
     * @param name of the array
     * @param length number of its elements, zero if it is made
     * @return the array
     */
    default FloatArray floatArray(final String name, final int length) {
        return rawArray(name, CType.FLOAT, length);
    }

    /**
     * Finds or makes an array of {@code boolean}, raw.
     *
     * @param name of the array
     * @param length number of its elements, false if it is made
     * @return the array
     */
    default BooleanArray booleanArray(final String name, final int length) {
        return rawArray(name, CType.BOOLEAN, length);
    }

    /**
     * Finds or makes an array of {@code char} in C, raw.
     *
     * @param name of the array
     * @param length number of its bytes, zero if it is made
     * @return the array
     */
    default CharArray charArray(final String name, final int length) {
        return rawArray(name, CType.CHAR, length);
    }
}
