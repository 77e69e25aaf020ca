package io.condatis.manager;

import io.condatis.error.CondatisException;

/**
 * The manager's server has ended, or refused this process. Everything obtained from that {@link Manager} throws it from then
 * on, threads that wait included, within about 10 ms of the server's death. What the server held is gone; connect anew once
 * a server runs again.
 */
public final class ManagerLostException extends CondatisException {
    private static final long serialVersionUID = 1L;

    ManagerLostException(final String message) {
        super(message);
    }
}
