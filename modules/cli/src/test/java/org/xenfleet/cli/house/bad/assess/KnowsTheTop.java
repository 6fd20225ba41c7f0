package org.xenfleet.cli.house.bad.assess;

import org.xenfleet.cli.house.bad.cli.Top;

/** Points up. */
record KnowsTheTop(Top top) {}
