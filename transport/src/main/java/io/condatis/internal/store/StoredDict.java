package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A dict, or what is one on the wire: a set, whose values are empty, a namespace, whose keys are text, or a value, whose
 * one key is empty. Opaque keys and values, in insertion order. Nothing ever waits for it.
 */
final class StoredDict implements PassiveObject {
    private final Core core;
    private final int id;
    private final Kind kind;
    private final EntryTable table;
    private final EntryOrder order = new EntryOrder();
    private long lastNumber;
    private long cost;

    StoredDict(final Core core, final int id, final Kind kind) {
        this.core = core;
        this.id = id;
        this.kind = kind;
        table = new EntryTable(new KeyHash(core.hashSeed()));
    }

    int size() {
        return table.size();
    }

    EntryOrder order() {
        return order;
    }

    Entry find(final DirectBuffer key) {
        return table.get(key, table.hash(key));
    }

    /** Add an entry whose key is not there. */
    void add(final DirectBuffer key, final DirectBuffer value) {
        final byte[] bytes = new byte[key.capacity()];
        key.getBytes(0, bytes);
        add(new Entry(bytes, table.hash(key), ++lastNumber), value);
    }

    void replace(final Entry entry, final DirectBuffer value) {
        use(-entry.cost());
        core.references.drop(entry.value);
        entry.value.set(value, 0, value.capacity());
        core.references.keep(entry.value);
        use(entry.cost());
    }

    void remove(final Entry entry) {
        use(-entry.cost());
        core.references.drop(entry.value);
        table.remove(entry);
        order.remove(entry);
    }

    void clear() {
        use(-cost);
        for (Entry entry = order.after(0); entry != null; entry = order.after(entry)) {
            core.references.drop(entry.value);
        }
        table.clear();
        order.clear();
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public long argument() {
        return 0;
    }

    @Override
    public void delete() {
        clear();
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putLong(lastNumber);
        out.putInt(size());
        for (Entry entry = order.after(0); entry != null; entry = order.after(entry)) {
            out.putLong(entry.number);
            out.putBytes(entry.key);
            out.putBody(entry.value);
        }
    }

    void load(final SnapshotReader in) {
        final UnsafeBuffer key = new UnsafeBuffer();
        final Body value = new Body();
        final UnsafeBuffer content = new UnsafeBuffer();
        lastNumber = in.takeLong();
        final int count = in.takeInt();
        for (int i = 0; i < count; i++) {
            final long number = in.takeLong();
            final byte[] bytes = in.takeBytes();
            key.wrap(bytes);
            in.takeBody(value);
            content.wrap(value.bytes(), Body.OFFSET, value.length());
            add(new Entry(bytes, table.hash(key), number), content);
        }
    }

    private void add(final Entry entry, final DirectBuffer value) {
        entry.value.set(value, 0, value.capacity());
        core.references.keep(entry.value);
        table.add(entry);
        order.add(entry);
        use(entry.cost());
    }

    private void use(final long bytes) {
        cost += bytes;
        core.budget.use(bytes);
    }
}
