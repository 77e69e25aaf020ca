package io.condatis.perf.process;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a queue's throughput stands beside: one producer and one consumer over bare Aeron IPC, the driver on the consumer's
 * thread. The consumer is the echo server, told by the first byte whether to answer.
 */
final class RawStream {
    private static final int LENGTH = PingPong.LENGTH;
    private static final int ROUND = 1_000;
    private static final int FRAGMENT_LIMIT = 64;

    private final ExclusivePublication requests;
    private final Subscription responses;
    private final IdleStrategy idle = Idle.AS_CONDATIS.strategy();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
    private final FragmentHandler handler;
    private boolean answered;

    private RawStream(final Aeron aeron) {
        handler = (buffer, offset, length, header) -> answered = true;
        responses = aeron.addSubscription(EchoServer.CHANNEL, EchoServer.RESPONSE_STREAM);
        requests = aeron.addExclusivePublication(EchoServer.CHANNEL, EchoServer.REQUEST_STREAM);
        PingPong.awaitConnected(requests, responses);
    }

    /** Target of the worker: starts the consumer, measures, and leaves the result. */
    static void run(final TrialPlan plan) throws IOException, InterruptedException {
        try (EchoProcess server = EchoProcess.start(Idle.AS_CONDATIS, 1);
                Aeron aeron = PingPong.connect(server.directory())) {
            final RawStream stream = new RawStream(aeron);
            stream.pass(plan.warmupNs());
            final List<Double> turns = new ArrayList<>();
            for (int turn = 0; turn < plan.turns(); turn++) {
                turns.add(stream.pass(plan.turnNs()));
            }
            TrialResult.ofTurns(Map.of(QueuePassage.PER_SECOND, turns), Map.of())
                    .store(Path.of(plan.resultFile()));
        }
    }

    /** {@return messages a second, from the first until the last one has been read} */
    private double pass(final long durationNs) {
        final long startNs = System.nanoTime();
        long messages = 0;
        message.putByte(0, EchoServer.DO_NOT_ANSWER);
        do {
            for (int i = 0; i < ROUND; i++) {
                send();
            }
            messages += ROUND;
        } while (System.nanoTime() - startNs < durationNs);
        message.putByte(0, (byte) 0);
        answered = false;
        send();
        while (!answered) {
            idle.idle(responses.poll(handler, FRAGMENT_LIMIT));
        }
        return (messages + 1) / ((System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private void send() {
        while (requests.offer(message, 0, LENGTH) < 0) {
            idle.idle();
        }
        idle.reset();
    }
}
