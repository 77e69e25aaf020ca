package io.condatis.inspect;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * A command that was run in this JVM.
 *
 * @param exitCode that it returned
 * @param out what it wrote
 * @param err what it complained about
 */
record Run(int exitCode, String out, String err) {
    static Run of(final Object command, final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final CommandLine line = CommonOptions.commandLine(command);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        final String directory = System.getProperty("condatis.dir");
        try {
            return new Run(line.execute(args), out.toString(), err.toString());
        } finally {
            if (directory == null) {
                System.clearProperty("condatis.dir");
            } else {
                System.setProperty("condatis.dir", directory);
            }
        }
    }

    JsonObject json() {
        return new Gson().fromJson(out, JsonObject.class);
    }

    /** The members of an array of objects that have a property of some value. */
    static List<JsonObject> where(final JsonElement array, final String property, final String value) {
        final List<JsonObject> found = new ArrayList<>();
        for (final JsonElement element : array.getAsJsonArray()) {
            final JsonElement actual = element.getAsJsonObject().get(property);
            if (actual != null && !actual.isJsonNull() && actual.getAsString().equals(value)) {
                found.add(element.getAsJsonObject());
            }
        }
        return found;
    }

    /** The only member that has a name. */
    static JsonObject named(final JsonElement array, final String name) {
        final List<JsonObject> found = where(array, "name", name);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " are named " + name + " in " + array);
        }
        return found.get(0);
    }
}
