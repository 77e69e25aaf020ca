package io.condatis.internal.store;

import static io.condatis.internal.store.QueueModel.check;

import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * All custom objects of a store: who provides which type, which objects there are, what their provider has been asked and
 * has not answered, and who waits for that. Makes the answers of the providers as well as the requests of the others.
 */
final class CustomModel extends SyncModel {
    private static final String[] TYPES = {"first", "second"};
    private static final String[] NAMES = {"", "", "a", "b", "c"};
    private static final long DIGEST = 11;
    private static final int BEYOND = 1_000_000;

    /** An object. */
    private static final class Custom {
        final int id;
        final int type;
        final String name;
        final byte[] arguments;
        final List<SyncRequest> openers = new ArrayList<>();
        final List<SyncRequest> calls = new ArrayList<>();
        /** How many references each session has been given. */
        final Map<Long, Integer> given = new TreeMap<>();

        boolean made;
        /** Whether the provider runs a call; it is the first of the calls unless that was taken back. */
        boolean runs;

        SyncRequest running;

        Custom(final int id, final int type, final String name, final byte[] arguments) {
            this.id = id;
            this.type = type;
            this.name = name;
            this.arguments = arguments;
        }
    }

    /** What a provider has been asked and has not begun to answer. */
    private record Job(long session, int objectId, long number) {}

    /** Objects that went with their provider while somebody waited for them, for the report. */
    int orphans;

    private final long[] providers = new long[TYPES.length];
    private final TreeMap<Integer, Custom> objects = new TreeMap<>();
    private final List<Job> jobs = new ArrayList<>();
    /** Correlations of what is answered with what a provider says. */
    private final Set<Long> relayed = new HashSet<>();
    /** References that clients have and are not giving back. */
    private final Map<Long, List<Integer>> owned = new HashMap<>();

    private int lastId;
    private long lastValue;

    /** The objects of the store so far have ids up to the one given. */
    CustomModel(final int lastId, final List<Expected> expected) {
        super(lastId, expected);
        this.lastId = lastId;
    }

    int size() {
        return objects.size();
    }

    @Override
    SyncRequest ask(final Random random, final long session, final long correlation) {
        if (!jobs.isEmpty() && random.nextInt(5) < 2) {
            return result(random, jobs.remove(random.nextInt(jobs.size())));
        }
        final int choice = random.nextInt(40);
        if (choice < 2 || choice < 20 && Arrays.stream(providers).anyMatch(provider -> provider == 0)) {
            return provide(random, session, correlation);
        }
        if (choice < 10) {
            return open(random, session, correlation);
        }
        if (choice < 14 && owned.containsKey(session)) {
            return giveBack(random, session);
        }
        if (choice == 14) {
            final String name = NAMES[2 + random.nextInt(NAMES.length - 2)];
            return request(session, correlation, it -> deleteNamed(it, name), out -> out.delete(correlation, name));
        }
        return call(random, session, correlation);
    }

    private SyncRequest request(
            final long session,
            final long correlation,
            final Consumer<SyncRequest> effect,
            final Consumer<Requests> encoder) {
        final SyncRequest request = new SyncRequest(SyncRequest.Op.CUSTOM, session, correlation, this);
        request.effect = effect;
        request.encoder = (out, it) -> out.common(encoder);
        return request;
    }

    // What clients ask.

    private SyncRequest provide(final Random random, final long session, final long correlation) {
        final int first = random.nextInt(TYPES.length);
        final boolean both = random.nextInt(3) == 0;
        final int[] types = both ? new int[] {first, 1 - first} : new int[] {first};
        final String[] names =
                Arrays.stream(types).mapToObj(type -> TYPES[type]).toArray(String[]::new);
        return request(
                session,
                correlation,
                it -> {
                    final boolean free = Arrays.stream(types).allMatch(type -> providers[type] == 0);
                    if (free) {
                        Arrays.stream(types).forEach(type -> providers[type] = session);
                    }
                    answer(it, free ? Status.OK : Status.ILLEGAL, 0);
                },
                out -> out.provide(correlation, DIGEST, names));
    }

    private SyncRequest open(final Random random, final long session, final long correlation) {
        final int type = random.nextInt(TYPES.length);
        final String name = NAMES[random.nextInt(NAMES.length)];
        final long digest = random.nextInt(20) == 0 ? DIGEST + 1 : DIGEST;
        final byte[] arguments = bytes(random);
        relayed.add(correlation);
        return request(
                session,
                correlation,
                it -> opens(it, type, name, digest, arguments),
                out -> out.customOpen(correlation, digest, TYPES[type], name, arguments));
    }

    private void opens(
            final SyncRequest request, final int type, final String name, final long digest, final byte[] arguments) {
        final Custom present = name.isEmpty() ? null : named(name);
        if (providers[type] == 0 || digest != DIGEST || present != null && present.type != type) {
            answer(request, Status.ILLEGAL, 0);
        } else if (present == null) {
            final Custom made = new Custom(++lastId, type, name, arguments);
            objects.put(made.id, made);
            made.openers.add(request);
            expected.add(new Expected(providers[type], Received.MAKE, null, made.id));
        } else if (present.made) {
            opened(request, present);
        } else {
            present.openers.add(request);
        }
    }

    private void opened(final SyncRequest request, final Custom object) {
        expected.add(new Expected(request.session, request.correlation, null, object.id));
        if (object.name.isEmpty()) {
            object.given.merge(request.session, 1, Integer::sum);
            owned.computeIfAbsent(request.session, none -> new ArrayList<>()).add(object.id);
        }
    }

    private SyncRequest call(final Random random, final long session, final long correlation) {
        final int method = random.nextInt(100);
        final byte[] arguments = bytes(random);
        final List<Integer> ids = new ArrayList<>(objects.keySet());
        final int id = ids.isEmpty() || random.nextInt(20) == 0
                ? random.nextInt(10) == 0 ? BEYOND : random.nextInt(lastId) + 1
                : ids.get(random.nextInt(ids.size()));
        relayed.add(correlation);
        return request(
                session,
                correlation,
                it -> {
                    it.number = method;
                    it.arguments = arguments;
                    calls(it, id);
                },
                out -> out.customCall(correlation, id, method, arguments));
    }

    private void calls(final SyncRequest request, final int id) {
        final Custom object = objects.get(id);
        if (object == null) {
            answer(request, id > objectId && id <= lastId ? Status.GONE : Status.ILLEGAL, 0);
        } else {
            object.calls.add(request);
            run(object);
        }
    }

    private void run(final Custom object) {
        if (object.made && !object.runs && !object.calls.isEmpty()) {
            object.runs = true;
            object.running = object.calls.get(0);
            expected.add(new Expected(providers[object.type], Received.INVOCATION, null, object.id));
        }
    }

    private SyncRequest giveBack(final Random random, final long session) {
        final List<Integer> ids = owned.get(session);
        final int id = ids.remove(random.nextInt(ids.size()));
        if (ids.isEmpty()) {
            owned.remove(session);
        }
        return request(session, 0, it -> givesBack(session, id), out -> out.release(id, 1));
    }

    private void givesBack(final long session, final int id) {
        final Custom object = objects.get(id);
        if (object != null && drop(object, session, 1)) {
            for (final SyncRequest call : copy(object.calls)) {
                if (call.session == session) {
                    cancel(call);
                }
            }
            deleteIfUnreferenced(object);
        }
    }

    /** {@return whether the session has no reference left} */
    private static boolean drop(final Custom object, final long session, final int count) {
        return object.given.computeIfPresent(session, (key, now) -> now == count ? null : now - count) == null;
    }

    private void deleteIfUnreferenced(final Custom object) {
        if (object.given.isEmpty()) {
            delete(object);
        }
    }

    private void deleteNamed(final SyncRequest request, final String name) {
        final Custom object = named(name);
        answer(request, object == null ? Status.ABSENT : Status.OK, 0);
        if (object != null) {
            delete(object);
        }
    }

    // What providers do.

    /** A provider was sent something. */
    void asked(final Received message) {
        if (message.attempt() == Received.DISCARD) {
            return;
        }
        final Custom object = objects.get(message.position());
        final boolean isMake = message.attempt() == Received.MAKE;
        final byte[] tail = Arrays.copyOfRange(message.value(), 1, message.value().length);
        check(isMake || message.value()[0] == object.running.number, "another method than was called: ", message);
        check(
                Arrays.equals(tail, Requests.arguments(isMake ? object.arguments : object.running.arguments)),
                "other arguments: ",
                message);
        jobs.add(new Job(message.session(), message.position(), message.number()));
    }

    private SyncRequest result(final Random random, final Job job) {
        final Status status = random.nextInt(4) > 0 ? Status.OK : random.nextBoolean() ? Status.FAILED : Status.ILLEGAL;
        final long value = ++lastValue;
        return request(
                job.session,
                0,
                it -> ended(job, status, value),
                out -> out.customResult(
                        job.number,
                        job.objectId,
                        status,
                        ByteBuffer.allocate(Long.BYTES).putLong(value).array()));
    }

    private void ended(final Job job, final Status status, final long value) {
        final Custom object = objects.get(job.objectId);
        if (object != null && !object.made) {
            object.made = true;
            object.openers.forEach(opener -> {
                if (status == Status.OK) {
                    opened(opener, object);
                } else {
                    answer(opener, status, value);
                }
            });
            object.openers.clear();
            if (status != Status.OK || object.name.isEmpty() && object.given.isEmpty()) {
                delete(object);
            } else {
                run(object);
            }
        } else if (object != null) {
            object.runs = false;
            if (object.calls.remove(object.running)) {
                answer(object.running, status, value);
            }
            run(object);
        }
    }

    /** {@return the number to compare of an answer: what the provider said, where it did} */
    long number(final Received answer) {
        return relayed.contains(answer.correlation()) && answer.value().length == Long.BYTES
                ? ByteBuffer.wrap(answer.value()).getLong()
                : answer.number();
    }

    private void delete(final Custom object) {
        if (providers[object.type] != 0) {
            expected.add(new Expected(providers[object.type], Received.DISCARD, null, object.id));
        }
        objects.remove(object.id);
        object.openers.forEach(opener -> answer(opener, Status.GONE, 0));
        object.calls.forEach(call -> answer(call, Status.GONE, 0));
    }

    private Custom named(final String name) {
        return objects.values().stream()
                .filter(object -> object.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    private static byte[] bytes(final Random random) {
        final byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    // What happens to those who ask.

    @Override
    void handle(final SyncRequest request) {
        request.effect.accept(request);
    }

    @Override
    List<SyncRequest> waiting() {
        final List<SyncRequest> all = new ArrayList<>();
        for (final Custom object : objects.values()) {
            all.addAll(object.openers);
            all.addAll(object.calls);
        }
        return all;
    }

    @Override
    void cancel(final SyncRequest request) {
        withdraw(request);
        answer(request, Status.CANCELLED, 0);
    }

    @Override
    void expire(final SyncRequest request) {
        throw new AssertionError("what nobody limits has a timer: " + request);
    }

    @Override
    void withdraw(final SyncRequest request) {
        for (final Custom object : objects.values()) {
            object.openers.remove(request);
            object.calls.remove(request);
        }
    }

    @Override
    void left(final long session) {
        owned.remove(session);
        jobs.removeIf(job -> job.session == session);
        for (int type = 0; type < providers.length; type++) {
            if (providers[type] == session) {
                providers[type] = 0;
            }
        }
        for (final Custom object : List.copyOf(objects.values())) {
            if (providers[object.type] == 0) {
                orphans += object.openers.isEmpty() && object.calls.isEmpty() ? 0 : 1;
                delete(object);
            } else if (object.given.remove(session) != null) {
                deleteIfUnreferenced(object);
            }
        }
    }

    @Override
    public String toString() {
        return "CUSTOM";
    }
}
