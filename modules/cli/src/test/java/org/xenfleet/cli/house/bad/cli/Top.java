package org.xenfleet.cli.house.bad.cli;

/** What nobody below may know. */
public final class Top {}
