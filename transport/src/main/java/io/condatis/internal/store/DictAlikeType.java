package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;

/** A kind whose objects are dicts on the wire: it has no messages of its own. */
final class DictAlikeType implements ObjectType {
    private final Core core;
    private final Kind kind;

    DictAlikeType(final Core core, final Kind kind) {
        this.core = core;
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public int[] templateIds() {
        return new int[0];
    }

    @Override
    public String refusal(final long argument) {
        return argument == 0
                ? null
                : "A " + kind + " has no argument: " + argument + " was given, and only 0 is legal.";
    }

    @Override
    public StoredObject create(final int id, final long argument) {
        return new StoredDict(core, id, kind);
    }

    @Override
    public void onMessage(final Frame frame) {
        throw new IllegalStateException("the messages of a " + kind + " are those of a dict");
    }

    @Override
    public StoredObject load(final int id, final long argument, final SnapshotReader in) {
        final StoredDict dict = new StoredDict(core, id, kind);
        dict.load(in);
        return dict;
    }
}
