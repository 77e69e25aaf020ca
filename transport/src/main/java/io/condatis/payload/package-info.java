/**
 * Objects to bytes and back.
 *
 * <p>Start with {@link io.condatis.payload.Payloads}. Null, numbers, text, byte and primitive arrays, UUIDs, big decimals,
 * enums and records have a form of Condatis' own, read straight from the message; every other class goes through a
 * {@link io.condatis.payload.PayloadCodec}. Whatever names a class is checked against
 * {@link io.condatis.payload.PayloadTypes} before anything of that class runs. The manager's server never decodes: it keeps
 * bytes.
 */
package io.condatis.payload;
