package io.condatis.manager;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Text of what proxies hold. */
final class ProxyText {
    private ProxyText() {}

    static String items(final Collection<?> items) {
        final StringJoiner text = new StringJoiner(", ", "[", "]");
        for (final Object item : items) {
            text.add(of(item));
        }
        return text.toString();
    }

    static String entries(final Iterable<? extends Map.Entry<?, ?>> entries) {
        final StringJoiner text = new StringJoiner(", ", "{", "}");
        for (final Map.Entry<?, ?> entry : entries) {
            text.add(of(entry.getKey()) + "=" + of(entry.getValue()));
        }
        return text.toString();
    }

    /** A managed object by its kind and id: asking it for its content might never end. */
    static String of(final Object item) {
        return item instanceof Proxied proxy
                ? proxy.reference().kind().name().toLowerCase(Locale.ROOT) + "#"
                        + proxy.reference().objectId()
                : String.valueOf(item);
    }
}
