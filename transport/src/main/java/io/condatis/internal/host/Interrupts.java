package io.condatis.internal.host;

/**
 * Makes a server deaf to SIGINT, which Ctrl-C sends to every process of a terminal: whoever started the server ends it when
 * its own clean-up no longer needs it. By reflection, since {@code sun.misc.Signal} is not part of every JDK's promise.
 */
final class Interrupts {
    private Interrupts() {}

    static void ignore() {
        try {
            final Class<?> signal = Class.forName("sun.misc.Signal");
            final Class<?> handler = Class.forName("sun.misc.SignalHandler");
            final Object ignoring = handler.getField("SIG_IGN").get(null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignoring);
        } catch (final ReflectiveOperationException | RuntimeException e) {
            // Without it Ctrl-C ends the server like any other process of the terminal.
        }
    }
}
