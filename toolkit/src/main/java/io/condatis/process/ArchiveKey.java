package io.condatis.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest of everything that an archive of class data depends on. */
final class ArchiveKey {
    private static final int HEX_DIGITS = 32;

    private final MessageDigest digest;

    ArchiveKey() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has it", e);
        }
    }

    void add(final String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /** {@return false when it is no jar: the JVM archives classes of jars only} */
    boolean addJar(final Path jar) {
        try {
            final BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return false;
            }
            add(jar.toString());
            add(attributes.size() + " " + attributes.lastModifiedTime().toMillis());
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    String digest() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
    }
}
