package io.condatis.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run is to do.
 *
 * @param primitive that is tortured
 * @param seconds that it lasts
 * @param processes victims at a time
 * @param seed of everything random
 * @param javaHomes the Java installations that victims take in turn
 */
record TorturePlan(TorturePrimitive primitive, int seconds, int processes, long seed, List<Path> javaHomes) {}
