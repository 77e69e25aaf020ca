package io.condatis.process;

/**
 * What worker JVMs do first, so that their start can be made cheap. Each one named in {@code
 * META-INF/services/io.condatis.process.WarmUp} runs once, in a JVM of its own, when the archive of class data is built
 * that later workers of this class path start from; what it loads they find loaded. It may use what is on the class path,
 * should take well under a second, and must leave nothing behind. One that throws is left out.
 */
@FunctionalInterface
public interface WarmUp {
    /**
     * Loads what workers will need, best by doing what they will do.
     *
     * @throws Exception when that does not work here
     */
    void run() throws Exception;
}
