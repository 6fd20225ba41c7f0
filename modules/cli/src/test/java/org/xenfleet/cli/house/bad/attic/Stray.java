package org.xenfleet.cli.house.bad.attic;

/** Belongs to no module. */
final class Stray {}
