package io.condatis.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.value.CType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sizes and offsets beside those of Python's ctypes, which asks the C compiler's rules. */
@Timeout(60)
class StructureLayoutTest {
    private static final int STRUCTURES = 200;
    private static final int MOST_FIELDS = 8;
    private static final int MOST_ELEMENTS = 5;
    private static final String SEED = "condatis.test.seed";

    /** What a random structure consists of. */
    private record Part(CType type, Plan inner, int length) {}

    /** A random structure, by the class name it has in Python. */
    private record Plan(String name, List<Part> parts) {}

    /** A structure made from a plan, and the offsets of its fields. */
    private static final class Planned extends Structure {
        final List<Integer> offsets = new ArrayList<>();

        Planned(final Plan plan) {
            plan.parts().forEach(part -> offsets.add(add(part)));
        }

        private int add(final Part part) {
            final CType type = part.type();
            if (part.inner() != null) {
                return structureField(() -> new Planned(part.inner()), part.length())
                        .offset();
            }
            if (type == CType.CHAR) {
                return charField(part.length()).offset();
            }
            if (type.isInt()) {
                return intField(type, part.length()).offset();
            }
            if (type.isLong()) {
                return longField(type, part.length()).offset();
            }
            if (type == CType.BOOLEAN) {
                return booleanField(part.length()).offset();
            }
            return type == CType.FLOAT
                    ? floatField(part.length()).offset()
                    : doubleField(part.length()).offset();
        }
    }

    @Test
    void shouldLayFieldsAsCtypesDoesWhenStructuresAreRandom() throws Exception {
        final long seed = Long.getLong(SEED, System.nanoTime());
        System.out.println("StructureLayoutTest: -D" + SEED + "=" + seed);
        final Random random = new Random(seed);
        final List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < STRUCTURES; i++) {
            plans.add(plan("S" + i, random, plans));
        }

        final String[] expected = ctypes(plans).split("\n");

        assertEquals(STRUCTURES, expected.length);
        for (int i = 0; i < STRUCTURES; i++) {
            final Planned structure = new Planned(plans.get(i));
            assertEquals(
                    expected[i],
                    structure.size() + " " + structure.alignment() + " " + structure.offsets,
                    "seed " + seed + ", " + plans.get(i));
        }
    }

    private static Plan plan(final String name, final Random random, final List<Plan> earlier) {
        final List<Part> parts = new ArrayList<>();
        final int fields = 1 + random.nextInt(MOST_FIELDS);
        for (int i = 0; i < fields; i++) {
            final int length = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(MOST_ELEMENTS);
            final boolean nested = !earlier.isEmpty() && random.nextInt(5) == 0;
            final CType type = CType.values()[random.nextInt(CType.values().length)];
            parts.add(nested ? new Part(null, smallOf(earlier, random), length) : new Part(type, null, length));
        }
        return new Plan(name, parts);
    }

    /** One of the first, so that sizes do not explode. */
    private static Plan smallOf(final List<Plan> earlier, final Random random) {
        return earlier.get(random.nextInt(Math.min(earlier.size(), 20)));
    }

    private static String ctypes(final List<Plan> plans) throws IOException, InterruptedException {
        final StringBuilder program = new StringBuilder("from ctypes import *\n");
        program.append("T = dict(zip('bBhHiIlLqQfdcu?', (c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long,"
                + " c_ulong, c_longlong, c_ulonglong, c_float, c_double, c_char, c_wchar, c_bool)))\n");
        for (final Plan plan : plans) {
            program.append("class ").append(plan.name()).append("(Structure): _fields_ = [");
            for (int i = 0; i < plan.parts().size(); i++) {
                final Part part = plan.parts().get(i);
                program.append("('f").append(i).append("', ");
                program.append(
                        part.inner() != null
                                ? part.inner().name()
                                : "T['" + part.type().code() + "']");
                program.append(part.length() == 1 ? "" : " * " + part.length()).append("), ");
            }
            program.append("]\nprint(sizeof(")
                    .append(plan.name())
                    .append("), alignment(")
                    .append(plan.name());
            program.append("), [getattr(").append(plan.name()).append(", f[0]).offset for f in ");
            program.append(plan.name()).append("._fields_])\n");
        }
        return python(program.toString());
    }

    private static String python(final String program) throws IOException, InterruptedException {
        final Process python;
        try {
            python =
                    new ProcessBuilder("python3", "-").redirectErrorStream(true).start();
        } catch (final IOException e) {
            assumeTrue(false, "no python3: " + e);
            throw e;
        }
        try (var in = python.getOutputStream()) {
            in.write(program.getBytes(StandardCharsets.UTF_8));
        }
        final String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, python.waitFor(), output);
        return output.strip();
    }
}
