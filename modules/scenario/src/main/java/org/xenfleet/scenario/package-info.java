/**
 * The user's scenario files, read strictly into immutable validated records.
 *
 * <p>{@link org.xenfleet.scenario.ScenarioLoader} is the entrance: it reads HOCON and the xl files it names, and gives
 * either a {@link org.xenfleet.scenario.LoadedScenario} or a {@link org.xenfleet.scenario.ScenarioException} with every
 * problem as a sentence and a place. Every time is in nanoseconds and every size in bytes unless the name of a
 * component says otherwise. Nothing here reads the environment, system properties, the clock or any file that is not
 * below the folder of the scenario. All types are immutable or, where the JDK has no immutable form ({@link
 * java.util.BitSet}), never changed after loading, and may be read by any thread.
 */
@NullMarked
package org.xenfleet.scenario;

import org.jspecify.annotations.NullMarked;
