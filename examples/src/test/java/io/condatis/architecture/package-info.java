/** Holds the layers of all modules: which package may import which. */
package io.condatis.architecture;
