package io.condatis.internal.os;

/** A buffer whose memory can be closed under its views. */
public interface Guarded {
    /** {@return what each view of this buffer asks before an operation} */
    Access access();
}
