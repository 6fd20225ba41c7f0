package org.xenfleet.cli.house.bad.cluster;

import org.xenfleet.cli.house.bad.cli.Top;

/** Points up. */
record KnowsTheTop(Top top) {}
