/** The root of Condatis' own exceptions. Every package may use it; it uses none. */
package io.condatis.error;
