package io.condatis.perf.report;

/** Text for HTML. */
final class HtmlText {
    /** How many colours the style sheet has for curves and bars. */
    static final int COLOURS = 8;

    private HtmlText() {}

    static String escape(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
