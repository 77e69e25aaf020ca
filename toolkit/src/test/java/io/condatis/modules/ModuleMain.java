package io.condatis.modules;

import io.condatis.internal.os.JvmFlags;
import io.condatis.process.WorkerProcess;
import org.agrona.concurrent.UnsafeBuffer;

/** A program on the module path that starts a worker; in a package of its own, since modules may not share one. */
public final class ModuleMain {
    private ModuleMain() {}

    /**
     * Checks the flags of this JVM, as every entry point does, then runs a worker to its end.
     *
     * @param args handed to the worker
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        JvmFlags.check();
        final WorkerProcess worker = WorkerProcess.start(ModuleMain::work, args[0]);
        worker.join();
        System.exit(worker.exitCode().orElseThrow());
    }

    private static void work(final String text) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Long.BYTES]);
        System.out.println(text + " " + ModuleMain.class.getModule().getName() + " " + buffer.capacity());
    }
}
