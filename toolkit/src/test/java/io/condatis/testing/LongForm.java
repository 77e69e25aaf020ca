package io.condatis.testing;

/**
 * Whether tests that have a long form run it: {@code mvn -Dcondatis.long=true test}. The short form finds what is broken
 * now, the long one what happens rarely.
 */
public final class LongForm {
    /** The system property. */
    public static final String PROPERTY = "condatis.long";

    private static final boolean ON = Boolean.getBoolean(PROPERTY);

    private LongForm() {}

    /**
     * A number of rounds or seconds.
     *
     * @param usual in the short form
     * @param most in the long one
     * @return the one that is wanted
     */
    public static int of(final int usual, final int most) {
        return ON ? most : usual;
    }
}
