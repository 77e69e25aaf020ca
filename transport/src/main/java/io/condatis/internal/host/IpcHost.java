package io.condatis.internal.host;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.condatis.internal.protocol.ManagerFile;
import io.condatis.internal.protocol.Protocol;
import io.condatis.internal.protocol.sbe.GoodbyeDecoder;
import io.condatis.internal.protocol.sbe.MessageHeaderDecoder;
import io.condatis.internal.store.Outbox;
import io.condatis.internal.store.ProtocolException;
import io.condatis.internal.store.Store;
import io.condatis.internal.store.StoreLimits;
import io.condatis.sync.Doorbell;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Hosts a {@link Store} for the processes of one machine. One thread calls {@link #doWork()}, which drives the media driver
 * and the Aeron client as well: on few cores every further thread costs more than it brings.
 *
 * <p>A session ends by Goodbye, by a message that no correct client sends, or by the death of its process, which the kernel
 * tells within {@value #PROBE_INTERVAL_MS} ms through the participant's lock. Either way its stream is read to the end
 * first. A process that is only stopped keeps its session, however long.
 */
final class IpcHost implements Agent, Outbox {
    private static final int PROBE_INTERVAL_MS = 20;
    private static final long PROBE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(PROBE_INTERVAL_MS);
    private static final long SWEEP_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long CONDUCTOR_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(50);
    /** After a sleep it may be that one has died: then that is looked at sooner. */
    private static final long PROBE_AFTER_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Where the death of a session does not end a sleep. */
    private static final long SHORT_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long LONG_SLEEP_NS = TimeUnit.SECONDS.toNanos(1);
    /** While a client has not read what it was sent: nobody rings when it has. */
    private static final long FLUSH_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int FRAGMENT_LIMIT = 64;
    private static final String REQUEST_CHANNEL = "aeron:ipc";
    private static final String RESPONSE_CHANNEL =
            "aeron:ipc?control-mode=response|term-length=" + Protocol.TERM_LENGTH + "|response-correlation-id=";

    private final ManagerFile file;
    private final Doorbell doorbell;
    private final EmbeddedDriver driver;
    private final NanoClock clock;
    private final ErrorHandler errorHandler;
    private final Metrics metrics;
    private final Handshake handshake;
    private final Store store;
    private final DriverClients driverClients;
    private final Timers timers = new Timers();
    private final ArrayList<Session> sessions = new ArrayList<>();
    private final Long2ObjectHashMap<Session> admitted = new Long2ObjectHashMap<>();
    private final ArrayDeque<Image> arrived = new ArrayDeque<>();
    private final ArrayDeque<Image> departed = new ArrayDeque<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    private long nextSession = 1;
    private long nowNs;
    private long nextConductorNs;
    private long lastProbeNs;
    private long nextProbeNs;
    private boolean probed;
    private long nextSweepNs;
    private int firstPolled;
    private boolean storeTouched;

    IpcHost(
            final ManagerFile file,
            final EmbeddedDriver driver,
            final StoreLimits limits,
            final NanoClock clock,
            final Metrics metrics,
            final ErrorHandler errorHandler) {
        this.file = file;
        doorbell = file.serverDoorbell();
        this.driver = driver;
        this.clock = clock;
        this.metrics = metrics;
        this.errorHandler = errorHandler;
        handshake = new Handshake(file);
        driverClients = new DriverClients(driver.aeron(), file.participants());
        nowNs = clock.nanoTime();
        nextConductorNs = nowNs;
        lastProbeNs = nowNs;
        nextProbeNs = nowNs;
        nextSweepNs = nowNs;
        store = new Store(this, new SharedWindows(file.windows()), limits);
        driver.aeron().addSubscription(REQUEST_CHANNEL, Protocol.REQUEST_STREAM, arrived::add, departed::add);
    }

    @Override
    public String roleName() {
        return "condatis-manager";
    }

    /** Requests come first: one that ended a sleep waits for its answer, the rest does not matter to anybody so soon. */
    @Override
    public int doWork() {
        nowNs = clock.nanoTime();
        metrics.begin(nowNs);
        int work = pollSessions();
        while (timers.isDue(nowNs)) {
            store.onTimer(timers.takeSoonest(), nowNs);
            storeTouched = true;
            work++;
        }
        if (metrics.isDue(nowNs)) {
            metrics.publish(store, nowNs);
            storeTouched = true;
        }
        if (storeTouched) {
            storeTouched = false;
            store.endOfBatch(nowNs);
        }
        work += settle();
        if (work > 0) {
            metrics.changed();
        }
        work += conductAndProbe();
        metrics.end(work);
        return work;
    }

    private int conductAndProbe() {
        int work = 0;
        if (nowNs - nextConductorNs >= 0) {
            nextConductorNs = nowNs + CONDUCTOR_INTERVAL_NS;
            work += conduct();
        }
        if (nowNs - nextProbeNs >= 0) {
            work += probe();
        }
        return work;
    }

    /** How long the next call of {@link #doWork()} can wait when nothing arrives. */
    long idleNs() {
        final long idleSinceNs = clock.nanoTime();
        return timers.idleNs(idleSinceNs, Math.min(longestSleepNs(), metrics.leftNs(idleSinceNs)));
    }

    private long longestSleepNs() {
        boolean watched = true;
        for (int i = 0; i < sessions.size(); i++) {
            final Session session = sessions.get(i);
            if (!session.isFlushed()) {
                return FLUSH_NS;
            }
            watched &= session.isAdmitted()
                    && file.participants().wakesOnDeath(doorbell, session.slot(), session.generation());
        }
        if (!watched) {
            return SHORT_SLEEP_NS;
        }
        return probed ? LONG_SLEEP_NS : Math.max(1, nextProbeNs - clock.nanoTime());
    }

    /** After a sleep the driver must be driven at the next call, and who lives is to be looked at soon. */
    void slept() {
        nextConductorNs = clock.nanoTime();
        nextProbeNs = Math.min(nextProbeNs, lastProbeNs + PROBE_AFTER_SLEEP_NS);
        probed = false;
    }

    private int conduct() {
        int work = driver.invoke();
        for (Image image = arrived.poll(); image != null; image = arrived.poll()) {
            final long registration = driver.aeron()
                    .asyncAddExclusivePublication(RESPONSE_CHANNEL + image.correlationId(), Protocol.RESPONSE_STREAM);
            sessions.add(new Session(nextSession++, image, registration, this::onRequest));
            work++;
        }
        for (int i = 0; i < sessions.size(); i++) {
            if (!sessions.get(i).hasEgress()) {
                openEgress(sessions.get(i));
            }
        }
        for (Image image = departed.poll(); image != null; image = departed.poll()) {
            work += onDeparted(image);
        }
        return work;
    }

    private void openEgress(final Session session) {
        try {
            final ExclusivePublication publication = driver.aeron().getExclusivePublication(session.pendingEgress());
            if (publication != null) {
                session.egress(new Egress(publication, metrics));
            }
        } catch (final RuntimeException e) {
            errorHandler.onError(e);
            session.end();
        }
    }

    /** A stream is gone. Its session goes too, unless a live process still stands behind it. */
    private int onDeparted(final Image image) {
        for (int i = 0; i < sessions.size(); i++) {
            final Session session = sessions.get(i);
            if (session.isImage(image) && (!session.isAdmitted() || isDead(session))) {
                end(session);
                return 1;
            }
        }
        return 0;
    }

    private int pollSessions() {
        final int count = sessions.size();
        if (count == 0) {
            return 0;
        }
        firstPolled = firstPolled + 1 < count ? firstPolled + 1 : 0;
        int work = 0;
        for (int i = firstPolled; i < count; i++) {
            work += sessions.get(i).poll(FRAGMENT_LIMIT);
        }
        for (int i = 0; i < firstPolled; i++) {
            work += sessions.get(i).poll(FRAGMENT_LIMIT);
        }
        return work;
    }

    private void onRequest(final Session session, final DirectBuffer buffer, final int offset, final int length) {
        try {
            if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
                throw new ProtocolException("a message of " + length + " bytes is shorter than its header");
            }
            if (!session.isAdmitted()) {
                onHello(session, buffer, offset, length);
            } else if (session.chunks().isChunk(buffer, offset)) {
                onChunk(session, buffer, offset, length);
            } else if (session.chunks().isOpen()) {
                throw new ProtocolException("a message came between the chunks of another");
            } else if (header.wrap(buffer, offset).templateId() == GoodbyeDecoder.TEMPLATE_ID) {
                session.end();
            } else {
                storeTouched = true;
                store.onMessage(session.id, nowNs, buffer, offset, length);
            }
        } catch (final ProtocolException | IndexOutOfBoundsException | IllegalArgumentException e) {
            expel(session, "the session was closed because of what it sent: " + e.getMessage());
        } catch (final RuntimeException | OutOfMemoryError e) {
            // Ours to mend; but whoever sent it must not wait for ever.
            errorHandler.onError(e);
            expel(session, "the session was closed because of an error in the server: " + e);
        }
    }

    private void onChunk(final Session session, final DirectBuffer buffer, final int offset, final int length) {
        final DirectBuffer whole = session.chunks().add(buffer, offset, length);
        if (whole != null) {
            storeTouched = true;
            store.onMessage(session.id, nowNs, whole, 0, session.chunks().length());
        }
    }

    private void onHello(final Session session, final DirectBuffer buffer, final int offset, final int length) {
        final String refusal = store.hasRoomForSession()
                ? handshake.admit(session, buffer, offset, length)
                : "the server has no room for one more session";
        if (refusal != null) {
            expel(session, refusal);
            return;
        }
        store.onOpen(session.id);
        admitted.put(session.id, session);
        handshake.sendWelcome(session);
    }

    private void expel(final Session session, final String reason) {
        if (!session.isOver()) {
            metrics.expelled();
            handshake.sendReject(session, reason);
            session.end();
        }
    }

    private int probe() {
        lastProbeNs = nowNs;
        nextProbeNs = nowNs + PROBE_INTERVAL_NS;
        probed = true;
        int work = 0;
        for (int i = 0; i < sessions.size(); i++) {
            final Session session = sessions.get(i);
            if (session.isAdmitted() && !session.isOver() && isDead(session)) {
                drain(session);
                end(session);
                work++;
            }
        }
        if (work > 0 || nowNs - nextSweepNs >= 0) {
            nextSweepNs = nowNs + SWEEP_INTERVAL_NS;
            driverClients.closeDead(System.currentTimeMillis());
        }
        return work;
    }

    /** Its process is dead, or has left before it was admitted. */
    private void end(final Session session) {
        if (session.isAdmitted()) {
            metrics.died();
        }
        session.end();
    }

    private boolean isDead(final Session session) {
        return file.participants().isDead(session.slot(), session.generation());
    }

    /** What a dead client had put is put: nothing new comes, so this ends. */
    private void drain(final Session session) {
        while (session.poll(FRAGMENT_LIMIT) > 0) {
            nowNs = clock.nanoTime();
        }
    }

    /** After everything of this cycle: forget what is over, push out what waits, wake who was sent something. */
    private int settle() {
        int work = 0;
        for (int i = sessions.size() - 1; i >= 0; i--) {
            final Session session = sessions.get(i);
            work += session.flush();
            session.ring();
            if (session.isOver()) {
                forget(session);
                work++;
            }
        }
        return work;
    }

    private void forget(final Session session) {
        sessions.remove(session);
        session.close();
        if (admitted.remove(session.id) != null) {
            store.onClose(session.id, nowNs);
            store.endOfBatch(nowNs);
        }
    }

    @Override
    public void send(final long session, final DirectBuffer buffer, final int offset, final int length) {
        final Session target = admitted.get(session);
        if (target != null && !target.isOver() && !target.send(buffer, offset, length)) {
            errorHandler.onError(new ProtocolException("session " + session + " was cut off: more than "
                    + Egress.MAX_WAITING_BYTES + " bytes wait for a client that does not read"));
            metrics.expelled();
            target.end();
        }
    }

    @Override
    public void schedule(final long timerId, final long deadlineNs) {
        timers.schedule(timerId, deadlineNs);
    }

    @Override
    public void cancel(final long timerId) {
        timers.cancel(timerId);
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(driver, file);
        sessions.forEach(Session::wake); // that this server has left, nobody else tells them
    }
}
