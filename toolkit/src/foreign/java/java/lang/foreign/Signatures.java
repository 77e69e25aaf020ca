package java.lang.foreign;

/** Bodies of what is only compiled against. */
final class Signatures {
    private Signatures() {}

    static <T> T none() {
        throw new UnsupportedOperationException("only to be compiled against");
    }
}
