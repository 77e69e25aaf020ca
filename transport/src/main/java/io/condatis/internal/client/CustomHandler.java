package io.condatis.internal.client;

import org.agrona.DirectBuffer;

/** Runs custom objects; called by whichever thread reads the stream, so it copies what it needs and returns at once. */
public interface CustomHandler {
    /**
     * Make an object.
     *
     * @param number for {@link CustomProvider#answer}
     * @param objectId of the object
     * @param type place of its type in what was provided
     * @param buffer holding the arguments, a page of entries with empty keys
     * @param offset of the arguments
     * @param length of the arguments
     */
    void onMake(long number, int objectId, int type, DirectBuffer buffer, int offset, int length);

    /**
     * Call a method. The next call for this object comes after the answer.
     *
     * @param number for {@link CustomProvider#answer}
     * @param objectId of the object
     * @param method number of the method in its interface
     * @param buffer holding the arguments, a page of entries with empty keys
     * @param offset of the arguments
     * @param length of the arguments
     */
    void onInvocation(long number, int objectId, int method, DirectBuffer buffer, int offset, int length);

    /**
     * An object was deleted; perhaps it was never made, or one of its methods runs.
     *
     * @param objectId of the object
     */
    void onDiscard(int objectId);
}
