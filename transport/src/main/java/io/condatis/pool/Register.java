package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.manager.Manager;
import io.condatis.manager.SharedDict;
import io.condatis.payload.PayloadTypes;
import io.condatis.payload.Payloads;

/** The entry of a shared pool at its manager, by which clients find it. */
final class Register {
    private static final String INFO = "info";
    private static final String CLIENTS = "clients";

    private final Manager manager;
    private final Names names;
    private final Payloads code = new Payloads(PayloadTypes.any());

    Register(final Manager manager, final Names names) {
        this.manager = manager;
        this.names = names;
    }

    private <V> SharedDict<String, V> entries() {
        return manager.dict(names.register());
    }

    void write(final PoolInfo info) {
        this.<byte[]>entries()
                .put(INFO, new FrameWriter().begin().payload(info, code).toBytes());
    }

    /**
     * {@return what a client has to know}
     *
     * @throws CondatisException when there is no such pool
     */
    PoolInfo read() {
        final byte[] info = isThere() ? this.<byte[]>entries().get(INFO) : null;
        if (info == null) {
            throw none();
        }
        return (PoolInfo) new FrameReader().wrap(info).payload(code);
    }

    /** Asking for the entries would make them. */
    private boolean isThere() {
        return manager.objects().stream().anyMatch(object -> names.register().equals(object.name()));
    }

    private CondatisException none() {
        return new CondatisException("no pool named " + names.pool() + " is at the manager " + manager.name()
                + "; start it with Pool.start(new PoolOptions().manager(manager).sharedAs(\"" + names.pool() + "\"))");
    }

    /** {@return the number of one more client, from 1} */
    int newClient() {
        return this.<Integer>entries().merge(CLIENTS, 1, Integer::sum);
    }

    /** {@return how many clients there have been} */
    int clients() {
        return !isThere() ? 0 : this.<Integer>entries().getOrDefault(CLIENTS, 0);
    }

    /** Nothing is left of a pool whose owner has died, but the lock that tells so. */
    void clear() {
        Lines.delete(manager, names, clients());
        close();
    }

    /** The pool is not found any more. */
    void close() {
        manager.delete(names.register());
    }
}
