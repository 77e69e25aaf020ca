package io.condatis.pool;

import java.io.Serializable;

/** Work for a pool without a result; see {@link Task}. */
@FunctionalInterface
public interface Action extends Runnable, Serializable {}
