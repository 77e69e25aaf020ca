/**
 * The front door of the toolkit: {@link io.condatis.SharedObjects}, named objects that the processes of a host share
 * without a server. The objects' own classes are in {@code io.condatis.value} and {@code io.condatis.sync}.
 *
 * <p>All classes may be used by all threads. This package uses every other public package of the toolkit; none uses it.
 */
package io.condatis;
