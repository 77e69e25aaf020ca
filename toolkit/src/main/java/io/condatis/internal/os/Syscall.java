package io.condatis.internal.os;

/**
 * The C library's {@code syscall(2)}. Two bindings exist, {@link FfmSyscall} and {@link JnaSyscall}; neither allocates
 * per call and both let the garbage collector run while the call blocks.
 */
interface Syscall {
    /**
     * Makes one system call. Arguments that the call does not have are ignored by the kernel.
     *
     * @param number from {@link LinuxAbi}
     * @param a first argument
     * @param b second argument
     * @param c third argument
     * @param d fourth argument
     * @return what the kernel returned, -1 for any error
     */
    long call(long number, long a, long b, long c, long d);
}
