package io.condatis.internal.os;

import io.condatis.error.CondatisException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Linux open file description locks: they belong to our descriptor alone, so neither closing another descriptor of the
 * file nor a child process (the descriptor is close-on-exec) changes anything, and asking has no side effect.
 */
final class OfdByteLocks implements ByteLocks {
    private static final int AT_FDCWD = -100;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 02000000;
    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final int F_RDLCK = 0;
    private static final int F_WRLCK = 1;
    private static final int F_UNLCK = 2;

    // struct flock: short type, short whence, 4 bytes of padding, long start, long length, int pid
    private static final int TYPE_OFFSET = 0;
    private static final int WHENCE_OFFSET = 2;
    private static final int START_OFFSET = 8;
    private static final int LENGTH_OFFSET = 16;
    private static final int PID_OFFSET = 24;
    private static final int FLOCK_LENGTH = 32;

    private final Syscall syscall;
    private final LinuxAbi abi;
    private final UnsafeBuffer flock = new UnsafeBuffer(ByteBuffer.allocateDirect(FLOCK_LENGTH));
    private final long descriptor;

    OfdByteLocks(final NativeAccess access, final Path path) {
        syscall = access.syscall();
        abi = access.abi();
        descriptor = open(path);
        if (descriptor < 0) {
            throw new CondatisException("liveness file " + path + " cannot be opened for reading and writing;"
                    + " it must be a regular file of this user, and not a symbolic link, and this process must have a"
                    + " file descriptor left (ulimit -n)");
        }
    }

    /** {@return whether this kernel and this file system know these locks} */
    boolean work() {
        return control(F_OFD_GETLK, F_RDLCK, 0) == 0;
    }

    @Override
    public boolean tryLock(final long position) {
        return control(F_OFD_SETLK, F_WRLCK, position) == 0;
    }

    @Override
    public void unlock(final long position) {
        control(F_OFD_SETLK, F_UNLCK, position);
    }

    @Override
    public boolean isLockedElsewhere(final long position) {
        // Asked with a read lock: a probe of the FileChannel form, itself a read lock, does not count as a holder.
        return control(F_OFD_GETLK, F_RDLCK, position) != 0 || flock.getShort(TYPE_OFFSET) != F_UNLCK;
    }

    @Override
    public boolean surviveOtherDescriptors() {
        return true;
    }

    @Override
    public void close() {
        syscall.call(abi.close, descriptor, 0, 0, 0);
    }

    private long open(final Path path) {
        final Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        final byte[] name = path.toString().getBytes(charset);
        final ByteBuffer text = ByteBuffer.allocateDirect(name.length + 1);
        text.put(name).put((byte) 0);
        final int flags = O_RDWR | O_CLOEXEC | abi.openNoFollow;
        return syscall.call(abi.openat, AT_FDCWD, BufferUtil.address(text), flags, 0);
    }

    private long control(final int command, final int type, final long position) {
        flock.putShort(TYPE_OFFSET, (short) type);
        flock.putShort(WHENCE_OFFSET, (short) 0);
        flock.putLong(START_OFFSET, position);
        flock.putLong(LENGTH_OFFSET, 1);
        flock.putInt(PID_OFFSET, 0);
        return syscall.call(abi.fcntl, descriptor, command, flock.addressOffset(), 0);
    }
}
