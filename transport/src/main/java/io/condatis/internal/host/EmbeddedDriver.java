package io.condatis.internal.host;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.condatis.internal.protocol.Protocol;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * A media driver and an Aeron client that run on whatever thread calls {@link #invoke()}. Buffers are small and their pages
 * reserved when they are made, so that a full shared memory directory is an error then, and not a SIGBUS later.
 */
final class EmbeddedDriver implements AutoCloseable {
    private static final int MTU_LENGTH = 8 * 1024;
    private static final int COUNTERS_LENGTH = 1024 * 1024;

    private final MediaDriver driver;
    private final Aeron aeron;
    private final AgentInvoker driverInvoker;
    private final AgentInvoker clientInvoker;

    EmbeddedDriver(final Path directory, final ErrorHandler errorHandler) {
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(directory.toString())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.INVOKER)
                .asyncExecutorEnabled(false)
                .errorHandler(errorHandler)
                .counterValuesBufferLength(COUNTERS_LENGTH)
                .conductorBufferLength(COUNTERS_LENGTH + RingBufferDescriptor.TRAILER_LENGTH)
                .ipcTermBufferLength(Protocol.TERM_LENGTH)
                .publicationTermBufferLength(Protocol.TERM_LENGTH)
                .ipcMtuLength(MTU_LENGTH)
                .termBufferSparseFile(false)
                .performStorageChecks(true)
                .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(100))
                .clientLivenessTimeoutNs(Protocol.DRIVER_PATIENCE_NS)
                .publicationUnblockTimeoutNs(Protocol.DRIVER_PATIENCE_NS + TimeUnit.SECONDS.toNanos(5))
                .publicationLingerTimeoutNs(TimeUnit.MILLISECONDS.toNanos(200))
                .spiesSimulateConnection(false));
        driverInvoker = driver.sharedAgentInvoker();
        try {
            aeron = Aeron.connect(new Aeron.Context()
                    .aeronDirectoryName(directory.toString())
                    .useConductorAgentInvoker(true)
                    .driverAgentInvoker(driverInvoker)
                    // It runs in this thread: only a stop, or a step of the clock, can make it seem dead.
                    .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(Protocol.DRIVER_PATIENCE_NS))
                    .errorHandler(errorHandler)
                    .subscriberErrorHandler(errorHandler));
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(driver);
            throw e;
        }
        clientInvoker = aeron.conductorAgentInvoker();
    }

    Aeron aeron() {
        return aeron;
    }

    int invoke() {
        return driverInvoker.invoke() + clientInvoker.invoke();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(aeron, driver);
    }
}
