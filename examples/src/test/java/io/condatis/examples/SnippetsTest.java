package io.condatis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compiles every piece of Java in the pages, each as a class of its own in {@link SnippetScope}. */
@Timeout(60)
final class SnippetsTest {
    private static final String IMPORTS = Stream.of(
                    "io.condatis",
                    "io.condatis.error",
                    "io.condatis.list",
                    "io.condatis.manager",
                    "io.condatis.memory",
                    "io.condatis.pool",
                    "io.condatis.process",
                    "io.condatis.structure",
                    "io.condatis.sync",
                    "io.condatis.value",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "org.agrona.concurrent")
            .map(name -> "import " + name + ".*; ")
            .collect(Collectors.joining("", "package io.condatis.examples; ", ""))
            .concat("import static java.nio.charset.StandardCharsets.*; ");

    /** A member of a class, where all else is a statement. */
    private static final Pattern METHOD =
            Pattern.compile("(?:(?:public|private|static|final) )+(?!class |record )[^=]*\\w+\\([^=]*\\{\\s*");

    @TempDir
    private Path output;

    @Test
    void shouldCompileWhenItIsJavaInAPage() throws IOException {
        final List<Pages.Block> snippets = Pages.all().stream()
                .flatMap(page -> Pages.blocks(page, "java").stream())
                .toList();
        assertTrue(snippets.size() > 25, "only " + snippets.size() + " snippets were found");
        assertEquals(List.of(), errorsOf(snippets));
    }

    @Test
    void shouldBeReportedWithPageAndLineWhenASnippetDoesNotCompile() throws IOException {
        final Path page = Pages.ROOT.resolve("README.md");
        final List<String> errors = errorsOf(List.of(
                new Pages.Block(page, 10, List.of("static void fine() {", "}", "lock.lock();", "lock.lick();")),
                new Pages.Block(page, 20, List.of("static void wrong() {", "    return 1;", "}"))));
        assertEquals(2, errors.size(), errors::toString);
        assertTrue(errors.get(0).startsWith("README.md:13: cannot find symbol"), errors::toString);
        assertTrue(errors.get(1).startsWith("README.md:21: incompatible types"), errors::toString);
    }

    private List<String> errorsOf(final List<Pages.Block> snippets) throws IOException {
        final Map<String, Pages.Block> byName = new TreeMap<>();
        final List<JavaFileObject> sources = new ArrayList<>();
        for (final Pages.Block snippet : snippets) {
            final String name = String.format(Locale.ROOT, "Snippet%03d", byName.size());
            byName.put(name, snippet);
            sources.add(new Source(name, text(name, snippet)));
        }
        final DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final String path = System.getProperty("java.class.path");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, StandardCharsets.UTF_8)) {
            final List<String> options =
                    List.of("--release", "17", "-proc:none", "-cp", path, "-d", output.toString(), "-Xmaxerrs", "999");
            compiler.getTask(new StringWriter(), files, found, options, null, sources)
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(each -> describe(each, byName))
                .toList();
    }

    private static String describe(
            final Diagnostic<? extends JavaFileObject> error, final Map<String, Pages.Block> byName) {
        final String message = error.getMessage(Locale.ROOT);
        if (error.getSource() == null) {
            return message;
        }
        final String file = error.getSource().getName();
        final Pages.Block snippet = byName.get(file.replaceFirst(".*/", "").replace(".java", ""));
        final int statements = snippet.lines().size() + 1;
        final long line =
                error.getLineNumber() > statements ? error.getLineNumber() - statements : error.getLineNumber();
        return Pages.ROOT.relativize(snippet.page()) + ":" + (snippet.firstLine() + line - 1) + ": " + message;
    }

    /** Statements, then members, each part with as many lines as the snippet: what is of the other part is an empty line. */
    private static String text(final String name, final Pages.Block snippet) {
        final List<String> members = new ArrayList<>();
        final List<String> statements = new ArrayList<>();
        int depth = 0;
        boolean inMember = false;
        for (final String line : snippet.lines()) {
            inMember = depth == 0 ? METHOD.matcher(line).matches() : inMember;
            members.add(inMember ? line : "");
            statements.add(inMember ? "" : line);
            depth += count(line, '{') - count(line, '}');
            if (inMember && depth == 0) {
                inMember = false;
            }
        }
        final boolean hasMembers = members.stream().anyMatch(line -> !line.isEmpty());
        final boolean hasStatements = statements.stream().anyMatch(line -> !line.isBlank());
        final String head = IMPORTS + "abstract class " + name + " extends SnippetScope { ";
        if (!hasStatements) {
            return head + String.join("\n", members) + "\n}";
        }
        final String body = "void snippet() throws Exception { " + String.join("\n", statements) + "\n} ";
        return head + body + (hasMembers ? "\n" + String.join("\n", members) : "") + "\n}";
    }

    private static int count(final String line, final char wanted) {
        return (int) line.chars().filter(found -> found == wanted).count();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        private Source(final String name, final String text) {
            super(URI.create("string:///io/condatis/examples/" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(final boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
