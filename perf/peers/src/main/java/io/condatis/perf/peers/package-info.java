/** Other libraries for the same purpose: programs that measure one thing each and leave a result, told by their arguments. */
package io.condatis.perf.peers;
