/**
 * What the two ends of the wire share: message codecs (generated from {@code src/main/sbe/condatis.xml}), the manager's
 * directory and mapped file, doorbells and the windows that a client spends without asking.
 *
 * <p>Start with {@code ManagerFile}. Uses {@code internal.os} and {@code sync}; knows neither
 * Aeron nor the store.
 */
package io.condatis.internal.protocol;
