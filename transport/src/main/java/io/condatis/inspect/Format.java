package io.condatis.inspect;

/** How a command writes. */
enum Format {
    TEXT,
    JSON
}
