package io.condatis.list;

/** Lets one writer at a time change the items of a list. */
interface WriterGate {
    /** Waits until no other writer is inside. */
    void enter();

    void leave();

    /**
     * Replaces an item whose type, text or bytes change; for who is inside.
     *
     * @param index of the item
     * @param format new one
     * @param code new one
     * @param data new one, a multiple of 8 bytes that fits
     */
    void change(int index, long format, byte code, byte[] data);
}
