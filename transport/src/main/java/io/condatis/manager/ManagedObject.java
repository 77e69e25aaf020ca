package io.condatis.manager;

import io.condatis.internal.client.RemoteObjects;
import java.util.Locale;

/**
 * An object that a manager's server holds, as {@link Manager#objects()} lists it.
 *
 * @param name under which it is found; empty for an anonymous one
 * @param kind such as {@code dict} or {@code joinable_queue}
 * @param references for an anonymous object, how many references to it processes and stored values have; it is deleted at 0
 */
public record ManagedObject(String name, String kind, int references) {
    static ManagedObject of(final RemoteObjects.Row row) {
        return new ManagedObject(row.name(), row.kind().name().toLowerCase(Locale.ROOT), row.references());
    }
}
