/** Other libraries for our purpose: programs that measure one thing each, told by their arguments, and leave a result. */
package io.condatis.perf.peers;
