package io.condatis.pool;

import io.condatis.manager.Manager;
import io.condatis.manager.ManagerOptions;
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
        final Names names = new Names("", Names.newName());
        final Payloads code = new Payloads(PayloadTypes.any());
        final Board board = Board.create("condatis-" + names.pool(), 1);
        Board.attach(board.name(), 1).close();
        try (Manager server = Manager.embed(new ManagerOptions().name(names.pool()));
                Manager manager = Manager.connect(server.name())) {
            final Task1<Integer, Integer> function = x -> x + 1;
            final FrameWriter out = new FrameWriter();
            final byte[] bytes = out.begin().payload(function, code).toBytes();
            final Work work = new SingleWork<>(1, "warm-up", new Job().withDefaults(new PoolOptions()), null, function);
            TaskFrame.writeHead(out, 0, 2, work, bytes);
            out.payload(1, code);
            manager.joinableQueue(names.tasks(), 0).put(out.toBytes());
            final PoolOptions options = new PoolOptions().maxTasksPerChild(1).initialiser(() -> List.of(1)
                    .forEach(x -> {}));
            final byte[] setup = out.begin()
                    .payload(new WorkerSetup(names, board, 0, options), code)
                    .toBytes();
            PoolWorker.work((WorkerSetup) new FrameReader().wrap(setup).payload(code), manager);
        } finally {
            board.close();
        }
    }
}
