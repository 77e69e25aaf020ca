package io.condatis.sync;

import static io.condatis.sync.BarrierDescriptor.ARRIVED;
import static io.condatis.sync.BarrierDescriptor.GENERATION_OFFSET;
import static io.condatis.sync.BarrierDescriptor.MAX_PARTIES;
import static io.condatis.sync.BarrierDescriptor.SEATED;
import static io.condatis.sync.BarrierDescriptor.SEATS_OFFSET;
import static io.condatis.sync.BarrierDescriptor.SEAT_ARRIVAL_OFFSET;
import static io.condatis.sync.BarrierDescriptor.SEAT_LENGTH;
import static io.condatis.sync.BarrierDescriptor.SEAT_TOKEN_OFFSET;
import static io.condatis.sync.BarrierDescriptor.TURNED;
import static io.condatis.sync.BarrierDescriptor.arrival;
import static io.condatis.sync.BarrierDescriptor.index;
import static io.condatis.sync.BarrierDescriptor.isOf;
import static io.condatis.sync.BarrierDescriptor.seatOffset;
import static io.condatis.sync.BarrierDescriptor.state;

import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The parties of a barrier. Changed under the barrier's lock only, but for {@link #settle}. */
final class BarrierSeats {
    static final int NONE = -1;

    private final UnsafeBuffer record;
    private final Participants participants;
    private final int seats;

    BarrierSeats(final UnsafeBuffer record, final Participants participants) {
        this.record = record;
        this.participants = participants;
        this.seats = (record.capacity() - seatOffset(0)) / SEAT_LENGTH; // not what the memory says now
    }

    /** The memory of a barrier with its seats. */
    static UnsafeBuffer record(final AtomicBuffer buffer, final int offset, final String kind, final String name) {
        final int parties = Records.count(buffer, offset + SEATS_OFFSET, 1, MAX_PARTIES, kind, name);
        return Records.record(buffer, offset, seatOffset(parties), kind, name);
    }

    int length() {
        return seats;
    }

    /** {@return the seat of a token, or NONE} */
    int of(final long token) {
        for (int seat = 0; seat < seats; seat++) {
            if (token(seat) == token) {
                return seat;
            }
        }
        return NONE;
    }

    /** Seats a party where nobody sits or somebody has left. {@return its seat, or NONE} */
    int sit(final long token) {
        final int own = of(token);
        if (own != NONE) {
            return own;
        }
        for (int seat = 0; seat < seats; seat++) {
            if (token(seat) == 0 || isVacated(seat)) {
                put(seat, token);
                return seat;
            }
        }
        return NONE;
    }

    /** Seats a party in the place of one that lives but does not wait. {@return the seat, or NONE} */
    int displace(final long token) {
        for (int seat = 0; seat < seats; seat++) {
            if (state(word(seat)) == SEATED) {
                put(seat, token);
                return seat;
            }
        }
        return NONE;
    }

    void arrive(final int seat) {
        setWord(seat, arrival(generation(), waiting(), ARRIVED));
    }

    /** The party of a seat has seen how its wait ended. Without the lock. */
    void settle(final int seat) {
        setWord(seat, arrival(0, 0, SEATED));
    }

    /** Tells everybody who waits that the barrier broke. */
    void turnAway() {
        for (int seat = 0; seat < seats; seat++) {
            if (isWaiting(seat)) {
                setWord(seat, arrival(generation(), 0, TURNED));
            }
        }
    }

    void stand(final int seat) {
        record.putLongVolatile(seatOffset(seat) + SEAT_TOKEN_OFFSET, 0);
        settle(seat);
    }

    void removeTheDead() {
        for (int seat = 0; seat < seats; seat++) {
            if (token(seat) != 0 && participants.isOwnerDead(token(seat))) {
                stand(seat);
            }
        }
    }

    /** {@return the token of a party that was killed, or that has left while it waited; 0 if there is none} */
    long dead() {
        for (int seat = 0; seat < seats; seat++) {
            final long token = token(seat);
            if (token != 0 && participants.isOwnerDead(token) && !isVacated(seat)) {
                return token;
            }
        }
        return 0;
    }

    int waiting() {
        int waiting = 0;
        for (int seat = 0; seat < seats; seat++) {
            if (isWaiting(seat)) {
                waiting++;
            }
        }
        return waiting;
    }

    boolean isTurnedAway(final int seat) {
        return state(word(seat)) == TURNED;
    }

    int indexOf(final int seat) {
        return index(word(seat));
    }

    long generation() {
        return record.getLongVolatile(GENERATION_OFFSET);
    }

    private boolean isWaiting(final int seat) {
        final long word = word(seat);
        return state(word) == ARRIVED && isOf(word, generation());
    }

    private boolean isVacated(final int seat) {
        final long token = token(seat);
        return token != 0 && !isWaiting(seat) && participants.hasOwnerLeft(token);
    }

    private void put(final int seat, final long token) {
        settle(seat);
        record.putLongVolatile(seatOffset(seat) + SEAT_TOKEN_OFFSET, token);
    }

    private long token(final int seat) {
        return record.getLongVolatile(seatOffset(seat) + SEAT_TOKEN_OFFSET);
    }

    private long word(final int seat) {
        return record.getLongVolatile(seatOffset(seat) + SEAT_ARRIVAL_OFFSET);
    }

    private void setWord(final int seat, final long word) {
        record.putLongVolatile(seatOffset(seat) + SEAT_ARRIVAL_OFFSET, word);
    }
}
