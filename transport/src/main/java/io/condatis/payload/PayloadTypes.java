package io.condatis.payload;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * The classes that a payload may contain: an allow list, immutable.
 *
 * <p>A payload comes from another process and names classes; making an object of a class runs that class's code. So only
 * classes on this list are made. Always on it: primitives and their wrappers, {@code String}, {@code java.math}, {@code
 * java.time}, {@code UUID}, the usual collections of {@code java.util}, exceptions of {@code java.lang}, and arrays of
 * what is allowed; and the handles of shared objects, memory and lists, which attach to what this user shares on this host;
 * the handle of a structure makes an object of the application's class, if that extends {@code Structure}.
 * Add your own by {@link #with(Class[])}, by {@link #withPackage(String)}, or for a whole JVM and the
 * workers it starts by the system property {@value #ALLOW_PROPERTY}.
 *
 * @serial exclude
 */
public final class PayloadTypes implements Serializable {
    /** Names a JVM's further classes and packages: {@code com.desk.Order,com.desk.model.*}. */
    public static final String ALLOW_PROPERTY = "condatis.payload.allow";

    private static final long serialVersionUID = 1L;

    private static final Set<String> STANDARD_PACKAGES = Set.of("java.math", "java.time");
    private static final Set<String> STANDARD_CLASSES = Set.of(
            "io.condatis.ConditionHandle",
            "io.condatis.ObjectHandle",
            "io.condatis.SharedObjectsHandle",
            "io.condatis.StructureHandle",
            "io.condatis.list.ShareableListHandle",
            "io.condatis.memory.SharedMemoryHandle",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Double",
            "java.lang.Enum",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.Short",
            "java.lang.StackTraceElement",
            "java.lang.String",
            "java.lang.Throwable",
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.BitSet",
            "java.util.CollSer",
            "java.util.Collections$EmptyList",
            "java.util.Collections$EmptyMap",
            "java.util.Collections$EmptySet",
            "java.util.Collections$SingletonList",
            "java.util.Collections$SingletonMap",
            "java.util.Collections$SingletonSet",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableMap",
            "java.util.Collections$UnmodifiableRandomAccessList",
            "java.util.Collections$UnmodifiableSet",
            "java.util.Currency",
            "java.util.Date",
            "java.util.EnumMap",
            "java.util.EnumSet$SerializationProxy",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN",
            "java.util.ImmutableCollections$Map1",
            "java.util.ImmutableCollections$MapN",
            "java.util.ImmutableCollections$Set12",
            "java.util.ImmutableCollections$SetN",
            "java.util.JumboEnumSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            "java.util.Locale",
            "java.util.Map$Entry",
            "java.util.RegularEnumSet",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.UUID");

    private static final Set<String> HANDLED_PACKAGES = Set.of("io.condatis.sync", "io.condatis.value");
    private static final Set<String> HANDLED_CLASSES = Set.of(
            "io.condatis.SharedObjects",
            "io.condatis.list.ShareableList",
            "io.condatis.memory.SharedMemory",
            "io.condatis.structure.Snapshot",
            "io.condatis.structure.Structure",
            "io.condatis.structure.StructureArray");

    private final Set<String> classes;
    private final Set<String> packages;
    private final boolean any;

    private PayloadTypes(final Set<String> classes, final Set<String> packages) {
        this(classes, packages, false);
    }

    private PayloadTypes(final Set<String> classes, final Set<String> packages, final boolean any) {
        this.classes = classes;
        this.packages = packages;
        this.any = any;
    }

    /**
     * Every class, code included: no protection at all. Only between processes that run each other's code anyway, such as a
     * pool and its workers.
     *
     * @return a list that allows everything
     */
    public static PayloadTypes any() {
        return new PayloadTypes(Set.of(), Set.of(), true);
    }

    /** {@return the standard classes, and those that the system property {@value #ALLOW_PROPERTY} adds} */
    public static PayloadTypes standard() {
        final Set<String> classes = new TreeSet<>();
        final Set<String> packages = new TreeSet<>();
        Arrays.stream(System.getProperty(ALLOW_PROPERTY, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(name -> {
                    if (name.endsWith(".*")) {
                        packages.add(name.substring(0, name.length() - 2));
                    } else {
                        classes.add(name);
                    }
                });
        return new PayloadTypes(classes, packages);
    }

    /**
     * These and further classes. Subclasses and component classes are not included.
     *
     * @param more classes to allow
     * @return a new list
     */
    public PayloadTypes with(final Class<?>... more) {
        final Set<String> names = new TreeSet<>(classes);
        for (final Class<?> type : more) {
            names.add(type.getName());
        }
        return new PayloadTypes(names, packages, any);
    }

    /**
     * These and every class of a package, not of its sub-packages.
     *
     * @param name of the package, such as {@code com.desk.model}
     * @return a new list
     */
    public PayloadTypes withPackage(final String name) {
        final Set<String> names = new TreeSet<>(packages);
        names.add(name);
        return new PayloadTypes(classes, names, any);
    }

    boolean allowsAny() {
        return any;
    }

    /**
     * {@return whether objects of a class may be made}
     *
     * @param className as {@link Class#getName()} gives it, no array
     */
    public boolean allows(final String className) {
        if (any || STANDARD_CLASSES.contains(className) || classes.contains(className)) {
            return true;
        }
        final int dot = className.lastIndexOf('.');
        final String packageName = dot < 0 ? "" : className.substring(0, dot);
        return STANDARD_PACKAGES.contains(packageName)
                || packages.contains(packageName)
                || ("java.lang".equals(packageName) && className.endsWith("Exception"));
    }

    /**
     * {@return whether objects of a class, or arrays of it, may be made}
     *
     * @param type any class
     */
    boolean allows(final Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.isPrimitive() || allows(element.getName());
    }

    /**
     * Whether objects of a class come out of a handle only: they are allowed as what a handle stands for, never as
     * themselves, for a stream that held their fields could make them point anywhere.
     *
     * @param type any class; a structure of the application is known by its superclass
     */
    static boolean isMadeByHandle(final Class<?> type) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            if (HANDLED_CLASSES.contains(above.getName()) || HANDLED_PACKAGES.contains(above.getPackageName())) {
                return true;
            }
        }
        return false;
    }

    static PayloadException refused(final String className) {
        return new PayloadException("class " + className + " is not allowed in a payload; allow it with "
                + "ManagerOptions.allow(" + simpleName(className) + ".class) or -D" + ALLOW_PROPERTY + "=" + className);
    }

    private static String simpleName(final String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }
}
