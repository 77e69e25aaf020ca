package io.condatis.memory;

/**
 * What an object in an arena is: the part of a directory entry that must agree between those who use the name.
 *
 * @param kindCode code of an {@link ObjectKind}; other codes come from newer versions of Condatis
 * @param elementType of a value or an array, as in Python's {@code struct}: {@code q} for long, {@code d} for double; 0
 *     when the kind has none
 * @param count of elements; 1 unless an array
 */
public record ObjectType(int kindCode, char elementType, long count) {
    /** No element type. */
    public static final char NONE = 0;

    /** The element type of structures. */
    private static final char STRUCTURE = 'T';

    /** The element type of what is looked up by whoever does not know it. */
    public static final char ANY_TYPE = '*';

    private static final int ANY_KIND = -1;

    /** The count of an array that is looked up by whoever does not know its length. */
    public static final long ANY_COUNT = -1;

    /**
     * A value of one element.
     *
     * @param elementType its type
     * @return the type
     */
    public static ObjectType value(final char elementType) {
        return new ObjectType(ObjectKind.VALUE.code(), elementType, 1);
    }

    /**
     * An array.
     *
     * @param elementType type of its elements
     * @param count number of its elements
     * @return the type
     */
    public static ObjectType array(final char elementType, final long count) {
        return new ObjectType(ObjectKind.ARRAY.code(), elementType, count);
    }

    /** {@return the type of a lock} */
    public static ObjectType lock() {
        return new ObjectType(ObjectKind.LOCK.code(), NONE, 1);
    }

    /** {@return what is looked up by whoever does not know what it is} */
    public static ObjectType any() {
        return new ObjectType(ANY_KIND, ANY_TYPE, ANY_COUNT);
    }

    /**
     * One or several structures. Their class is part of the type, as a checksum in the low half of the count.
     *
     * @param kind {@code STRUCTURE}, {@code STRUCTURE_ARRAY} or {@code SNAPSHOT}
     * @param layoutChecksum over the fields of the class
     * @param count of structures
     * @return the type
     */
    public static ObjectType structure(final ObjectKind kind, final int layoutChecksum, final int count) {
        return new ObjectType(
                kind.code(), STRUCTURE, (long) count << Integer.SIZE | Integer.toUnsignedLong(layoutChecksum));
    }

    /** {@return of structures, how many} */
    public int structures() {
        return (int) (count >>> Integer.SIZE);
    }

    /**
     * Something that is neither a value nor an array.
     *
     * @param kind what it is
     * @param count how many of what it is made of, 1 when that has no meaning
     * @return the type
     */
    public static ObjectType of(final ObjectKind kind, final long count) {
        return new ObjectType(kind.code(), NONE, count);
    }

    boolean accepts(final ObjectType found) {
        return (kindCode == ANY_KIND || kindCode == found.kindCode)
                && (elementType == ANY_TYPE || elementType == found.elementType)
                && (count == ANY_COUNT || count == found.count);
    }

    /** As a message names it: {@code array of 64 'd'}. */
    @Override
    public String toString() {
        final String kind = ObjectKind.nameOf(kindCode);
        if (elementType == NONE) {
            return kind + (count == 1 ? "" : " of " + (count == ANY_COUNT ? "any number" : count));
        }
        if (elementType == STRUCTURE) {
            return kind + " of " + structures() + ", layout " + Integer.toHexString((int) count);
        }
        if (kindCode != ObjectKind.ARRAY.code()) {
            return kind + " '" + elementType + "'";
        }
        return kind + " of " + (count == ANY_COUNT ? "any number of" : count) + " '" + elementType + "'";
    }
}
