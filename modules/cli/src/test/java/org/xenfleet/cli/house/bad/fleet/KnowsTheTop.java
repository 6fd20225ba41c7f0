package org.xenfleet.cli.house.bad.fleet;

import org.xenfleet.cli.house.bad.cli.Top;

/** Points up. */
record KnowsTheTop(Top top) {}
