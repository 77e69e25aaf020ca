package io.condatis.payload;

/**
 * Which codecs a process has: the JDK's serialisation always, Apache Fory where that is on the class path. Written is by Fory
 * then, unless the system property {@value #PROPERTY} says {@code jdk}; read is whatever can be.
 */
final class Codecs {
    static final String PROPERTY = "condatis.payload.codec";

    private static final int FIRST_WITHOUT_UNSAFE = 24;
    private static final String FORY = "org.apache.fory.ThreadSafeFory";

    private final PayloadCodec jdk = new JdkCodec();
    private final PayloadCodec fory;
    private final PayloadCodec preferred;

    /** What the class path offers; code, which any() allows, is always written by the JDK's serialisation. */
    Codecs(final PayloadTypes types) {
        fory = !types.allowsAny() && Looked.HAS_FORY ? new ForyCodec(types) : null;
        preferred = fory == null || "jdk".equals(System.getProperty(PROPERTY)) ? jdk : fory;
    }

    Codecs(final PayloadCodec preferred) {
        fory = null;
        this.preferred = preferred;
    }

    /** Not before it is asked for: to look for a class that is not there opens every jar of the class path. */
    private static final class Looked {
        static final boolean HAS_FORY = hasFory();

        private Looked() {}
    }

    /** On later JDKs Fory needs to reach into java.lang.invoke, or it would have the JVM print warnings. */
    private static boolean hasFory() {
        try {
            final Class<?> type = Class.forName(FORY, false, Codecs.class.getClassLoader());
            return Runtime.version().feature() < FIRST_WITHOUT_UNSAFE
                    || Object.class.getModule().isOpen("java.lang.invoke", type.getModule());
        } catch (final ClassNotFoundException e) {
            return false;
        }
    }

    /** {@return the one to write by} */
    PayloadCodec preferred() {
        return preferred;
    }

    /** {@return the one that takes what the preferred one does not} */
    PayloadCodec jdk() {
        return jdk;
    }

    /** {@return the one of that id} */
    PayloadCodec of(final byte id) {
        if (id == preferred.id()) {
            return preferred;
        }
        if (id == JdkCodec.ID) {
            return jdk;
        }
        if (fory != null && id == ForyCodec.ID) {
            return fory;
        }
        throw new PayloadException("a payload was written by codec " + id
                + (id == ForyCodec.ID
                        ? ", which is Apache Fory: put org.apache.fory:fory-core on the class path of this process, and from"
                                + " JDK 24 on start it with --add-opens java.base/java.lang.invoke=ALL-UNNAMED; or have it"
                                + " written by another, -D" + PROPERTY + "=jdk"
                        : ", this process reads codec " + preferred.id()
                                + "; use the same PayloadCodec in every process of a manager"));
    }
}
