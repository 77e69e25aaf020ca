/** What the toolkit needs of this package of JDK 22, for compilers that know only JDK 17. Never packaged; see docs/decisions/0034. */
package java.lang.foreign;
