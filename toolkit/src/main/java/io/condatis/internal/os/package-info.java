/**
 * The few facts and services that Condatis takes from the operating system and the JVM, behind small Java types. Not for
 * users: anything here may change between releases.
 *
 * <p>Start with {@link io.condatis.internal.os.Futex} (sleep on a word of shared memory),
 * {@link io.condatis.internal.os.LivenessFile} (who is alive, decided by kernel locks),
 * {@link io.condatis.internal.os.DeathWatch} (tells at once that somebody has died),
 * {@link io.condatis.internal.os.ProcessIdentity}, {@link io.condatis.internal.os.JvmFlags} (what the command line needs)
 * and {@link io.condatis.internal.os.ExitHooks} (what runs at the end).
 *
 * <p>Native code is reached through one function, {@code syscall(2)}: by the foreign function interface on JDK 22 and
 * later, by JNA before. Where neither can be had every service has a form in plain Java with the same file formats, so
 * processes that differ in this still share everything.
 *
 * <p>All public types are safe for use by any number of threads. May import {@code io.condatis.error} only.
 */
package io.condatis.internal.os;
