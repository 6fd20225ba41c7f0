package org.xenfleet.cli.house.bad.host;

/** Is no actor, but lets two of them meet behind the protocols' back. */
record Matchmaker(Left left, Right right) {}
