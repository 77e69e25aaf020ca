package io.condatis.internal.os;

import io.condatis.error.CondatisException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What Condatis needs from the command line of a JVM.
 *
 * <p>Agrona reads and writes mapped memory through {@code jdk.internal.misc}, which the JDK opens only when asked. Without
 * the flag Agrona fails with an {@code IllegalAccessError} deep inside; {@link #check()} fails first and says what to do.
 */
public final class JvmFlags {
    private static final String INTERNAL_PACKAGE = "jdk.internal.misc";
    private static final String ALL_UNNAMED = "ALL-UNNAMED";
    private static final int NATIVE_ACCESS_FEATURE = 22;

    private JvmFlags() {}

    /**
     * Proves that Agrona may reach the memory operations of the JDK; costs nothing worth saving. Every entry point calls
     * it before the first use of an Agrona buffer.
     *
     * @throws CondatisException with the flag to add to the command line of this JVM
     */
    public static void check() {
        final Module agrona = agronaModule();
        if (!Object.class.getModule().isOpen(INTERNAL_PACKAGE, agrona)) {
            throw new CondatisException("Condatis needs access to the JDK's memory operations: start this JVM with"
                    + " --add-opens java.base/" + INTERNAL_PACKAGE + "=" + target(agrona) + ".");
        }
    }

    /**
     * The flags that a child JVM of this JVM's version and module layout needs, each a single argument.
     *
     * @return flags in the order of the command line
     */
    public static List<String> required() {
        return required(Runtime.version().feature());
    }

    /**
     * The flags that a child JVM of another Java installation needs.
     *
     * @param javaHome directory of the installation, holding {@code bin/java} and the file {@code release}
     * @return flags in the order of the command line
     */
    public static List<String> requiredBy(final Path javaHome) {
        return required(featureOf(javaHome));
    }

    private static List<String> required(final int feature) {
        final List<String> flags = new ArrayList<>();
        flags.add("--add-opens=java.base/" + INTERNAL_PACKAGE + "=" + target(agronaModule()));
        if (feature >= NATIVE_ACCESS_FEATURE) {
            flags.add("--enable-native-access=" + target(JvmFlags.class.getModule()));
        }
        return List.copyOf(flags);
    }

    private static String target(final Module module) {
        return module.isNamed() ? module.getName() : ALL_UNNAMED;
    }

    private static Module agronaModule() {
        try {
            return Class.forName("org.agrona.DirectBuffer", false, JvmFlags.class.getClassLoader())
                    .getModule();
        } catch (final ClassNotFoundException e) {
            throw new CondatisException(
                    "Agrona is missing: add org.agrona:agrona to the class path or module path.", e);
        }
    }

    private static int featureOf(final Path javaHome) {
        final Path release = javaHome.resolve("release");
        final Properties properties = new Properties();
        try (var in = Files.newInputStream(release)) {
            properties.load(in);
        } catch (final IOException e) {
            throw new UncheckedIOException("Not a Java installation, its file 'release' cannot be read: " + release, e);
        }
        final String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }
}
