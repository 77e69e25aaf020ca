package io.condatis;

import io.condatis.memory.ObjectType;
import io.condatis.memory.Placement;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.AtomicBuffer;

/**
 * How a kind of shared object is made and looked at.
 *
 * @param type what it is in the directory
 * @param lengthBytes that it takes
 * @param initialiser fills its memory before anybody else sees it
 * @param maker of its view
 * @param <T> its class
 */
record Recipe<T>(ObjectType type, long lengthBytes, Consumer<AtomicBuffer> initialiser, Function<Placement, T> maker) {}
