package io.condatis.manager;

import java.util.Objects;

/**
 * What becomes of an item that is delivered again and again: after so many deliveries that ended with the death of the
 * consumer or with {@link JoinableQueue#giveBack()} it goes to another joinable queue, where it can be read.
 *
 * @param maxAttempts most deliveries of one item, at least 1
 * @param queueName name of the queue for what was delivered too often; a joinable queue without bound, made when it is
 *     not there
 */
public record DeadLetters(int maxAttempts, String queueName) {
    /**
     * Checks the values.
     *
     * @param maxAttempts most deliveries of one item, at least 1
     * @param queueName name of the queue for what was delivered too often
     */
    public DeadLetters {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts=" + maxAttempts + " is less than 1");
        }
        Objects.requireNonNull(queueName, "queueName");
    }
}
