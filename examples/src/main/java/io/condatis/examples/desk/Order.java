package io.condatis.examples.desk;

import io.condatis.examples.desk.market.TradeSource;

/**
 * What the user wants of the desk.
 *
 * @param source where the trades come from
 * @param workers how many worker JVMs
 * @param kills how many of them to kill
 * @param seed what the kills depend on
 * @param ratePerSecond trades put per second; 0 is as fast as possible
 */
record Order(TradeSource source, int workers, int kills, long seed, double ratePerSecond) {}
