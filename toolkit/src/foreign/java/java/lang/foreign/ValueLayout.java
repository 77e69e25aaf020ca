package java.lang.foreign;

/** A signature to compile against. */
public interface ValueLayout extends MemoryLayout {
    /** A signature to compile against; assigned by a method, or the compiler would take the value for a constant. */
    OfLong JAVA_LONG = Signatures.none();

    /** A signature to compile against. */
    interface OfLong extends ValueLayout {}
}
