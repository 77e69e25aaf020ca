package io.condatis.pool;

import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import io.condatis.payload.PayloadTypes;
import io.condatis.payload.Payloads;
import io.condatis.process.WarmUp;
import java.util.List;

/** Does what a pool's worker does first. Found by the toolkit; not for other use. */
public final class PoolWarmUp implements WarmUp {
    /** For the service loader. */
    public PoolWarmUp() {}

    @Override
    public void run() throws InterruptedException {
        final WorkerSetup.Names names = new WorkerSetup.Names("", ManagerHold.newName());
        final Board board = Board.create("condatis-pool-" + names.pool(), 1);
        try (Manager manager = Manager.start()) {
            final JoinableQueue<byte[]> tasks = manager.joinableQueue(names.tasks(), 0);
            final Task1<Integer, Integer> function = x -> x + 1;
            final FrameWriter out = new FrameWriter();
            final byte[] bytes = out.begin()
                    .payload(function, new Payloads(PayloadTypes.any()))
                    .toBytes();
            final Work work = new SingleWork<>(1, "warm-up", new Job().withDefaults(new PoolOptions()), null, function);
            TaskFrame.writeHead(out, 0, 2, work, bytes);
            out.payload(1, new Payloads(PayloadTypes.any()));
            tasks.put(out.toBytes());
            PoolWorker.work(
                    new WorkerSetup(names, board, 0, () -> List.of(1).forEach(x -> {}), 1, PayloadTypes.any()),
                    manager);
        } finally {
            board.close();
        }
    }
}
