package java.lang.foreign;

/** A signature to compile against. */
public interface FunctionDescriptor {
    /** A signature to compile against. */
    static FunctionDescriptor of(final MemoryLayout result, final MemoryLayout... arguments) {
        return Signatures.none();
    }
}
