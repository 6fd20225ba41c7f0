package org.xenfleet.scenario;

/**
 * A file that a scenario was read from. Immutable.
 *
 * @param path the top file as it was named, every other one relative to its folder, with {@code /}
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 */
public record InputFile(String path, String sha256) {}
