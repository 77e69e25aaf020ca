package io.condatis.internal.store;

import io.condatis.internal.protocol.EntryPage;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A page of the items of a queue: their places as keys, their bodies as values. */
final class ItemPage implements ReadyItems.Visitor {
    private static final int KEY_LENGTH = 2 * BitUtil.SIZE_OF_LONG;

    private final References references;
    private final EntryPage.Writer page = new EntryPage.Writer();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_LENGTH]);
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[0]);
    private long session;
    private int most;
    private long last;
    private boolean more;

    ItemPage(final References references) {
        this.references = references;
    }

    /** Begin an empty page for a session in the scratch buffer of the answers. */
    void begin(final long receiver, final MutableDirectBuffer scratch, final int mostBytes) {
        page.wrap(scratch, Body.REPLY_PREFIX);
        session = receiver;
        most = mostBytes;
        last = 0;
        more = false;
    }

    @Override
    public boolean visit(final Item item) {
        final long length = (long) EntryPage.ENTRY_OVERHEAD + KEY_LENGTH + item.body.length();
        if (page.length() > 0 && page.length() + length > most) {
            more = true;
            return false;
        }
        key.putLong(0, item.priority, ByteOrder.LITTLE_ENDIAN);
        key.putLong(BitUtil.SIZE_OF_LONG, item.arrival, ByteOrder.LITTLE_ENDIAN);
        body.wrap(item.body.bytes());
        page.key(key, 0, KEY_LENGTH);
        page.value(body, Body.OFFSET, item.body.length());
        references.sent(session, item.body);
        last = item.arrival;
        return true;
    }

    int length() {
        return page.length();
    }

    /** {@return the place of the last item when there are more, otherwise 0} */
    long cursor() {
        return more ? last : 0;
    }
}
