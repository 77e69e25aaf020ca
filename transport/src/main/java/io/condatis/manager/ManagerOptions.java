package io.condatis.manager;

import io.condatis.payload.PayloadTypes;
import java.util.List;

/** How a manager is started. Fluent; not thread-safe; copied when the manager starts. */
public final class ManagerOptions {
    private String name;
    private PayloadTypes types = PayloadTypes.standard();
    private List<String> jvmOptions = List.of();

    /** The defaults: a name of its own, the standard classes, this JVM's flags. */
    public ManagerOptions() {}

    /**
     * Give the manager a name, so that unrelated processes of this user can find it.
     *
     * @param managerName 1 to 100 letters, digits, dots, underscores or hyphens
     * @return this
     */
    public ManagerOptions name(final String managerName) {
        name = managerName;
        return this;
    }

    /**
     * Allow classes in payloads, beside numbers, text, arrays, {@code java.time}, {@code java.math} and the usual
     * collections. They are made in the processes that read them, never in the server; the list goes to whoever connects by
     * {@link Manager#handle()}.
     *
     * @param classes records, enums, or serialisable classes
     * @return this
     */
    public ManagerOptions allow(final Class<?>... classes) {
        types = types.with(classes);
        return this;
    }

    /**
     * Allow every class of a package in payloads.
     *
     * @param packageName such as {@code com.desk.model}; its sub-packages are not included
     * @return this
     */
    public ManagerOptions allowPackage(final String packageName) {
        types = types.withPackage(packageName);
        return this;
    }

    /**
     * Give the server's JVM further options. It has this JVM's flags already, the class path, and the serial collector
     * unless this JVM was told to use another.
     *
     * @param options such as {@code -Xmx4g}
     * @return this
     */
    public ManagerOptions jvmOptions(final String... options) {
        jvmOptions = List.of(options);
        return this;
    }

    String name() {
        return name;
    }

    PayloadTypes types() {
        return types;
    }

    List<String> jvmOptions() {
        return jvmOptions;
    }
}
