package java.lang.foreign;

/** A signature to compile against. */
public interface MemoryLayout {}
