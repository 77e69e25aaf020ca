package io.condatis.internal.client;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.condatis.internal.protocol.Chunker;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import io.condatis.internal.protocol.Protocol;
import io.condatis.sync.Doorbell;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/** The two Aeron streams between this process and a server, and the server's doorbell. */
final class Link implements AutoCloseable {
    private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long KEEP_ALIVE_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long NAP_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int FRAGMENT_LIMIT = 64;

    private final ManagerFile file;
    private final ServerWatch watch;
    private final Doorbell serverDoorbell;
    private final Aeron aeron;
    private final Subscription responses;
    private final ExclusivePublication requests;
    private final FragmentAssembler assembler;
    private final BufferClaim claim = new BufferClaim();
    private final long connectDeadlineNs = System.nanoTime() + CONNECT_TIMEOUT_NS;
    private final ReentrantLock sendLock = new ReentrantLock();
    private final Chunker chunker = new Chunker();
    private volatile boolean closing;

    Link(final ManagerDirectory directory, final ManagerFile file, final FragmentHandler handler) {
        this.file = file;
        watch = new ServerWatch(file);
        serverDoorbell = file.serverDoorbell();
        assembler = new FragmentAssembler(handler);
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory.aeron().toString())
                .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(Protocol.DRIVER_PATIENCE_NS))
                .clientName(Protocol.clientName(
                        file.participants().slot(), file.participants().generation()))
                // The first sign of life carries the name by which the server finds whom it must clear away.
                .keepAliveIntervalNs(KEEP_ALIVE_NS)
                .idleStrategy(watch)
                .awaitingIdleStrategy(new RingingIdle())
                .threadFactory(Link::conductorThread)
                .errorHandler(error -> {
                    // Whatever it is closes the streams; the next call finds them closed and says so.
                }));
        try {
            responses = aeron.addSubscription("aeron:ipc?control-mode=response", Protocol.RESPONSE_STREAM);
            requests = aeron.addExclusivePublication(
                    "aeron:ipc?term-length=" + Protocol.TERM_LENGTH + "|response-correlation-id="
                            + responses.registrationId(),
                    Protocol.REQUEST_STREAM);
            awaitConnected();
            watch.connected();
        } catch (final RuntimeException e) {
            watch.end();
            CloseHelper.quietClose(aeron);
            throw e;
        }
    }

    private static Thread conductorThread(final Runnable task) {
        final Thread thread = new Thread(task, "condatis-aeron");
        thread.setDaemon(true);
        return thread;
    }

    private void awaitConnected() {
        while (!requests.isConnected() || !responses.isConnected()) {
            napWhileConnecting();
        }
    }

    /** Every wait of the beginning comes by here, since the driver itself is given a day. */
    private void napWhileConnecting() {
        if (System.nanoTime() - connectDeadlineNs > 0 || file.isServerDead()) {
            throw new IllegalStateException("the server's streams did not come up");
        }
        serverDoorbell.ring();
        LockSupport.parkNanos(NAP_NS);
    }

    /**
     * Send a message and wake the server if it sleeps. Waits while the stream is full and the server lives.
     *
     * @return false when the stream is closed or the server is gone
     */
    boolean send(final DirectBuffer buffer, final int offset, final int length) {
        final boolean sent;
        if (watch.isServerDead()) {
            return false;
        }
        sendLock.lock();
        try {
            sent = length <= Protocol.MAX_WHOLE_LENGTH
                    ? offer(buffer, offset, length)
                    : offerChunks(buffer, offset, length);
        } finally {
            sendLock.unlock();
        }
        serverDoorbell.ring();
        return sent;
    }

    /**
     * Begin a message in the stream itself, so that it is copied once. Nobody else can send until {@link #commit} or {@link
     * #abort}, one of which must follow whatever happens. Waits while the stream is full and the server lives.
     *
     * @param length of the message, which fits into one fragment
     * @return where to write it, or null when the stream is closed or the server is gone; then nothing is to be committed
     */
    BufferClaim claim(final int length) {
        if (watch.isServerDead()) {
            return null;
        }
        boolean claimed = false;
        sendLock.lock();
        try {
            long result = requests.tryClaim(length, claim);
            while (result < 0 && mayRetry(result)) {
                result = requests.tryClaim(length, claim);
            }
            claimed = result >= 0;
        } finally {
            if (!claimed) {
                sendLock.unlock();
            }
        }
        return claimed ? claim : null;
    }

    /** Send the message that was begun and wake the server if it sleeps. */
    void commit() {
        try {
            claim.commit();
        } finally {
            sendLock.unlock();
        }
        serverDoorbell.ring();
    }

    /** Do not send the message that was begun. */
    void abort() {
        try {
            claim.abort();
        } finally {
            sendLock.unlock();
        }
    }

    /** Where the message begins in the buffer of the claim. */
    int claimOffset() {
        return claim.offset();
    }

    private boolean offerChunks(final DirectBuffer buffer, final int offset, final int length) {
        for (int position = 0; position < length; position += Chunker.dataLength(length, position)) {
            if (!offer(chunker.buffer(), 0, chunker.write(buffer, offset, length, position))) {
                return false;
            }
        }
        return true;
    }

    private boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        long result = requests.offer(buffer, offset, length);
        while (result < 0) {
            if (!mayRetry(result)) {
                return false;
            }
            result = requests.offer(buffer, offset, length);
        }
        return true;
    }

    /** After a wait if need be. */
    private boolean mayRetry(final long result) {
        if (result == Publication.ADMIN_ACTION) {
            return true;
        }
        if (result != Publication.BACK_PRESSURED) {
            return false;
        }
        serverDoorbell.ring();
        LockSupport.parkNanos(NAP_NS);
        return !closing && !file.isServerDead();
    }

    /**
     * Send a last message if there is room for it. Whoever waits for room gives up, so that a server that does not read, because
     * it is stopped, holds nobody up.
     */
    void sendLast(final DirectBuffer buffer, final int offset, final int length) {
        closing = true;
        send(buffer, offset, length);
    }

    /** Read some answers; one thread at a time. */
    int poll() {
        return responses.poll(assembler, FRAGMENT_LIMIT);
    }

    /** As {@link #poll()}, but 0 means that there is nothing: not only that the end of a term was passed, which is no answer. */
    int pollBeforeSleep() {
        final int answers = poll();
        return answers > 0 ? answers : poll();
    }

    /** False when the server is dead or has left, or this process was stopped for so long that its streams are gone. */
    boolean isUp() {
        return !requests.isClosed() && responses.isConnected() && !file.isServerDead();
    }

    boolean isServerDead() {
        return file.isServerDead();
    }

    /** Whether the server was dead a moment ago; costs a look at a field. */
    boolean wasServerDead() {
        return watch.isServerDead();
    }

    /** Unmap the streams; nobody may be polling, and whoever sends next finds them closed. */
    @Override
    public void close() {
        closing = true;
        watch.end();
        sendLock.lock();
        try {
            CloseHelper.quietClose(aeron);
        } finally {
            sendLock.unlock();
        }
    }

    /** Naps while the driver is asked for a stream, and wakes it: it runs on the server's thread, which may sleep. */
    private final class RingingIdle implements IdleStrategy {
        @Override
        public void idle(final int workCount) {
            if (workCount <= 0) {
                idle();
            }
        }

        @Override
        public void idle() {
            napWhileConnecting();
        }

        @Override
        public void reset() {
            // Nothing is kept between naps.
        }
    }
}
