package io.condatis.perf.process;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.condatis.internal.protocol.Protocol;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * A media driver and an Aeron client with the settings of a manager's, run by the thread that calls {@link #invoke()}. The
 * ping-pong is to show what Aeron costs in the place where the manager uses it, not what other settings would cost.
 */
final class EchoDriver implements AutoCloseable {
    private static final long CLIENT_LIVENESS_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int MTU_LENGTH = 8 * 1024;
    private static final int COUNTERS_LENGTH = 1024 * 1024;

    private final MediaDriver driver;
    private final Aeron aeron;
    private final AgentInvoker driverInvoker;
    private final AgentInvoker clientInvoker;

    EchoDriver(final String directory) {
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.INVOKER)
                .asyncExecutorEnabled(false)
                .errorHandler(EchoDriver::report)
                .counterValuesBufferLength(COUNTERS_LENGTH)
                .conductorBufferLength(COUNTERS_LENGTH + RingBufferDescriptor.TRAILER_LENGTH)
                .ipcTermBufferLength(Protocol.TERM_LENGTH)
                .publicationTermBufferLength(Protocol.TERM_LENGTH)
                .ipcMtuLength(MTU_LENGTH)
                .termBufferSparseFile(false)
                .performStorageChecks(true)
                .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(100))
                .clientLivenessTimeoutNs(CLIENT_LIVENESS_NS)
                .publicationUnblockTimeoutNs(CLIENT_LIVENESS_NS + TimeUnit.SECONDS.toNanos(5))
                .publicationLingerTimeoutNs(TimeUnit.MILLISECONDS.toNanos(200))
                .spiesSimulateConnection(false));
        driverInvoker = driver.sharedAgentInvoker();
        try {
            aeron = Aeron.connect(new Aeron.Context()
                    .aeronDirectoryName(directory)
                    .useConductorAgentInvoker(true)
                    .driverAgentInvoker(driverInvoker)
                    .errorHandler(EchoDriver::report)
                    .subscriberErrorHandler(EchoDriver::report));
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(driver);
            throw e;
        }
        clientInvoker = aeron.conductorAgentInvoker();
    }

    /** On the standard error, which is the harness's. */
    static void report(final Throwable error) {
        System.err.println("condatis perf: raw Aeron: " + error);
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
