package io.condatis.inspect;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the doctor says of one thing.
 *
 * @param level how bad it is
 * @param subject what was looked at
 * @param text what it is like
 * @param remedy what to do, null when nothing is to be done
 */
record Finding(Level level, String subject, String text, String remedy) {
    /** How bad a finding is. */
    enum Level {
        /** As it should be. */
        OK,
        /** Works, but something is slower, smaller or missing. */
        NOTE,
        /** Does not work, or will not for long. */
        PROBLEM
    }

    static Finding ok(final String subject, final String text) {
        return new Finding(Level.OK, subject, text, null);
    }

    static Finding note(final String subject, final String text, final String remedy) {
        return new Finding(Level.NOTE, subject, text, remedy);
    }

    static Finding problem(final String subject, final String text, final String remedy) {
        return new Finding(Level.PROBLEM, subject, text, remedy);
    }

    Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("level", level.name().toLowerCase(Locale.ROOT));
        map.put("subject", subject);
        map.put("text", text);
        map.put("remedy", remedy);
        return map;
    }
}
