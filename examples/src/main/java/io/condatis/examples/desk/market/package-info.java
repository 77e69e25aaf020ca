/**
 * What the desk is fed with: trades read from a CSV file or made by a seeded generator, one at a time.
 *
 * <p>Start with {@link io.condatis.examples.desk.market.TradeSource}. Nothing here is shared between processes; a
 * source is handed to another process as a value and opened there again.
 */
package io.condatis.examples.desk.market;
