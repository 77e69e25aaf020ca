package io.condatis.perf.suite;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What a suite is run with.
 *
 * @param scale how much time it may take
 * @param directory exists; files of results go here, their names begin with the suite's
 * @param progress one line for each trial, so that a user sees it move
 */
public record Run(Scale scale, Path directory, PrintStream progress) {}
