package io.condatis.payload;

import java.util.concurrent.ConcurrentHashMap;

/** Classes by name, remembered, and how each record class is taken apart and made anew. */
final class RecordForms {
    private static final ClassValue<RecordForm> FORMS = new ClassValue<>() {
        @Override
        protected RecordForm computeValue(final Class<?> type) {
            return new RecordForm(type);
        }
    };

    private final ConcurrentHashMap<String, Found> byName = new ConcurrentHashMap<>();

    /** A class, and the context loader it was found with: another loader may know another class of that name. */
    private record Found(Class<?> type, ClassLoader context) {}

    static RecordForm of(final Class<?> type) {
        return FORMS.get(type);
    }

    /** The class of that name as the application sees it; looked up once per loader in turn. */
    Class<?> find(final String className) throws ClassNotFoundException {
        final ClassLoader context = Thread.currentThread().getContextClassLoader();
        final Found known = byName.get(className);
        if (known != null && known.context == context) {
            return known.type;
        }
        final Class<?> type = load(className, context);
        byName.put(className, new Found(type, context));
        return type;
    }

    /** By the thread's context loader, then by our own. */
    static Class<?> load(final String className, final ClassLoader context) throws ClassNotFoundException {
        if (context != null) {
            try {
                return Class.forName(className, false, context);
            } catch (final ClassNotFoundException e) {
                // The thread may belong to a pool with a loader of its own; ours is tried next.
            }
        }
        return Class.forName(className, false, RecordForms.class.getClassLoader());
    }
}
