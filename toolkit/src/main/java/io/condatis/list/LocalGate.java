package io.condatis.list;

import java.util.concurrent.locks.ReentrantLock;
import org.agrona.concurrent.UnsafeBuffer;

/** The gate of a list without a footer: between the threads that use one object. */
final class LocalGate implements WriterGate {
    private final Items items;
    private final ReentrantLock lock = new ReentrantLock();

    LocalGate(final Items items) {
        this.items = items;
    }

    @Override
    public void enter() {
        lock.lock();
    }

    @Override
    public void leave() {
        lock.unlock();
    }

    @Override
    public void change(final int index, final long format, final byte code, final byte[] data) {
        items.put(index, format, code, new UnsafeBuffer(data), 0, data.length);
    }
}
