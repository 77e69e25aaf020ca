package io.condatis.inspect;

import io.condatis.ObjectState;
import io.condatis.SharedObjectsSurvey;
import io.condatis.error.CondatisException;
import io.condatis.internal.protocol.ManagerState;
import io.condatis.internal.protocol.ManagerSurvey;
import io.condatis.internal.protocol.Metric;
import io.condatis.internal.protocol.Protocol;
import io.condatis.list.ListSurvey;
import io.condatis.memory.ArenaSurvey;
import io.condatis.sync.Participant;
import io.condatis.sync.PrimitiveState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One look at everything that lives, for {@code top}. Rates come from two of them.
 *
 * @param timeNs when it was taken
 * @param resources what is in the directory
 * @param locks what synchronises, by set and object
 * @param traffic of managers, by their names
 */
record Sample(long timeNs, List<Resource> resources, Map<String, PrimitiveState> locks, Map<String, Traffic> traffic) {

    /**
     * What a manager's driver has counted.
     *
     * @param serverPid process id of the server
     * @param clients that live
     * @param requestBytes that clients have sent
     * @param unreadBytes of these that the server has not read
     * @param responseBytes that the server has sent
     * @param lagBytes of these that clients have not read
     * @param errors that the driver has noted
     * @param figures that the server publishes of itself
     * @param queues and of its queues, by their names
     */
    record Traffic(
            long serverPid,
            int clients,
            long requestBytes,
            long unreadBytes,
            long responseBytes,
            long lagBytes,
            long errors,
            Map<Metric, Long> figures,
            Map<String, Map<Metric, Long>> queues) {

        /** A queue among those of all managers. */
        static String key(final String manager, final String queue) {
            return manager + "/" + queue;
        }

        long figure(final Metric metric) {
            return figures.getOrDefault(metric, 0L);
        }
    }

    static Sample take() throws IOException {
        final List<Resource> resources = Inventory.take().stream()
                .filter(resource -> resource.state() != State.FOREIGN)
                .toList();
        final Map<String, PrimitiveState> locks = new LinkedHashMap<>();
        final Map<String, Traffic> traffic = new LinkedHashMap<>();
        for (final Resource resource : resources) {
            if (resource.state() == State.LIVE) {
                look(resource, locks, traffic);
            }
        }
        return new Sample(System.nanoTime(), resources, locks, traffic);
    }

    private static void look(
            final Resource resource, final Map<String, PrimitiveState> locks, final Map<String, Traffic> traffic) {
        try {
            switch (resource.kind()) {
                case OBJECTS -> addObjects(resource, locks);
                case LIST -> addList(resource, locks);
                case MANAGER -> traffic.put(resource.name(), trafficOf(ManagerSurvey.of(resource.path())));
                default -> {
                    // nothing in it synchronises
                }
            }
        } catch (final IOException | CondatisException e) {
            return; // gone, or cut, since it was listed: the next sample says so
        }
    }

    private static void addObjects(final Resource resource, final Map<String, PrimitiveState> locks)
            throws IOException {
        try (ArenaSurvey arena = ArenaSurvey.open(resource.path())) {
            if (arena == null) {
                return;
            }
            for (final ObjectState object : new SharedObjectsSurvey(arena).objects()) {
                if (object.lock() != null) {
                    locks.put(resource.name() + "/" + object.name(), object.lock());
                }
            }
        }
    }

    private static void addList(final Resource resource, final Map<String, PrimitiveState> locks) throws IOException {
        try (ListSurvey list = ListSurvey.open(resource.path())) {
            final PrimitiveState lock = list == null ? null : list.writersLock();
            if (lock != null) {
                locks.put(resource.name(), lock);
            }
        }
    }

    private static Traffic trafficOf(final ManagerState manager) {
        final DriverFile driver = DriverFile.open(manager.aeron());
        final long members =
                manager.members().stream().filter(Participant::alive).count();
        final int clients = (int) Math.max(0, members - 1); // the server takes part as well
        if (driver == null) {
            return new Traffic(manager.serverPid(), clients, 0, 0, 0, 0, 0, Map.of(), Map.of());
        }
        final long requests = driver.published(Protocol.REQUEST_STREAM);
        final long responses = driver.published(Protocol.RESPONSE_STREAM);
        return new Traffic(
                manager.serverPid(),
                clients,
                requests,
                Math.max(0, requests - driver.consumed(Protocol.REQUEST_STREAM)),
                responses,
                Math.max(0, responses - driver.consumed(Protocol.RESPONSE_STREAM)),
                driver.errors(),
                driver.figures(),
                driver.queuesOf(manager.name()));
    }

    /** {@return how often a second somebody slept for something, since an earlier sample} */
    double waitsPerSecond(final String lock, final Sample earlier) {
        final PrimitiveState before = earlier.locks.get(lock);
        return before == null ? 0 : perSecond(locks.get(lock).waits() - before.waits(), earlier);
    }

    /** {@return the queues of all managers} */
    Map<String, Map<Metric, Long>> queues() {
        final Map<String, Map<Metric, Long>> all = new LinkedHashMap<>();
        traffic.forEach((manager, of) ->
                of.queues().forEach((queue, figures) -> all.put(Traffic.key(manager, queue), figures)));
        return all;
    }

    /** {@return how much a figure of a manager has grown in a second} */
    double perSecond(final String manager, final Metric metric, final Sample earlier) {
        final Traffic before = earlier.traffic.get(manager);
        return before == null ? 0 : perSecond(traffic.get(manager).figure(metric) - before.figure(metric), earlier);
    }

    /** {@return how much a figure of a queue has grown in a second} */
    double perSecondOfQueue(final String queue, final Metric metric, final Sample earlier) {
        final Map<Metric, Long> before = earlier.queues().get(queue);
        return before == null
                ? 0
                : perSecond(queues().get(queue).getOrDefault(metric, 0L) - before.getOrDefault(metric, 0L), earlier);
    }

    double requestBytesPerSecond(final String manager, final Sample earlier) {
        final Traffic before = earlier.traffic.get(manager);
        return before == null ? 0 : perSecond(traffic.get(manager).requestBytes() - before.requestBytes(), earlier);
    }

    double responseBytesPerSecond(final String manager, final Sample earlier) {
        final Traffic before = earlier.traffic.get(manager);
        return before == null ? 0 : perSecond(traffic.get(manager).responseBytes() - before.responseBytes(), earlier);
    }

    /** Never negative: what left took its count with it. */
    private double perSecond(final long difference, final Sample earlier) {
        return Math.max(0, difference) * 1e9 / Math.max(1, timeNs - earlier.timeNs);
    }

    /** {@return the locks that matter most first: those of the dead, then those that are waited for, then those held} */
    List<String> busiest(final Sample earlier) {
        final List<String> names = new ArrayList<>(locks.keySet());
        names.sort((one, other) -> {
            final int byUrgency = Integer.compare(urgency(other), urgency(one));
            return byUrgency != 0
                    ? byUrgency
                    : Double.compare(waitsPerSecond(other, earlier), waitsPerSecond(one, earlier));
        });
        return names;
    }

    private int urgency(final String lock) {
        final PrimitiveState state = locks.get(lock);
        return (state.abandoned() ? 4 : 0)
                + (state.anyoneWaiting() ? 2 : 0)
                + (state.holders().isEmpty() ? 0 : 1);
    }
}
