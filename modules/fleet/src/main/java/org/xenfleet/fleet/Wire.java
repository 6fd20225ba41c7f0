package org.xenfleet.fleet;

/**
 * What may go from one node to another. Immutable records out of numbers, strings, enums, byte arrays, immutable lists, optional
 * values, actor references and each other.
 */
public interface Wire {}
