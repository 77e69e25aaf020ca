package io.condatis.internal.store;

import java.util.Random;

/** What a container must do: makes random requests for it, and knows the answer to each once it is its turn. */
interface ContainerModel {
    /** Fill in a random request. */
    void request(SimulatedRequest request, int objectId, Random random);
}
