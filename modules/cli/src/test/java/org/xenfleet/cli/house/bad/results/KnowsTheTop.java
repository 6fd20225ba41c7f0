package org.xenfleet.cli.house.bad.results;

import org.xenfleet.cli.house.bad.cli.Top;

/** Points up. */
record KnowsTheTop(Top top) {}
