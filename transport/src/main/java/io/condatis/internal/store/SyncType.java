package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import io.condatis.internal.protocol.sbe.SyncStatusEncoder;

/** What the types of {@link SyncObject}s have in common. */
abstract class SyncType<T extends SyncObject> implements ObjectType {
    final Core core;
    private final Kind kind;
    private final String what;
    private final Class<T> objectClass;
    private final SyncStatusEncoder status = new SyncStatusEncoder();

    SyncType(final Core core, final Kind kind, final String what, final Class<T> objectClass) {
        this.core = core;
        this.kind = kind;
        this.what = what;
        this.objectClass = objectClass;
    }

    @Override
    public final Kind kind() {
        return kind;
    }

    /** {@return the object of that id, or null when that has been said to whoever wants an answer} */
    final T object(final Frame frame, final long correlation, final int objectId) {
        final StoredObject object = core.objects.get(objectId);
        if (objectClass.isInstance(object)) {
            return objectClass.cast(object);
        }
        if (correlation != 0) {
            core.replyNoSuchObject(frame, correlation, what, objectId);
        }
        return null;
    }

    /** {@return the correlation, which may be 0 where no answer is wanted} */
    static long correlation(final Frame frame, final long correlation) {
        return correlation == 0 ? 0 : frame.request(correlation);
    }

    final void replyState(final Frame frame, final long correlation, final T object) {
        if (object != null) {
            status.wrap(core.answers.scratch(), Body.REPLY_PREFIX);
            object.describe(status.pid(0).thread(0).waiting(0).detail(0).cause(BreakCause.NONE));
            core.answers.replyScratch(
                    frame.session().id, correlation, Status.OK, object.summary(), SyncStatusEncoder.BLOCK_LENGTH);
        }
    }
}
