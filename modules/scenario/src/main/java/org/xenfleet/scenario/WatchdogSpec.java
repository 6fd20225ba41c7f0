package org.xenfleet.scenario;

import java.util.OptionalLong;

/**
 * The NMI watchdog of a host whose command line asks for one. Immutable.
 *
 * @param timeoutS after how many seconds it panics, 2 to 1,000,000
 * @param phaseNs when the heartbeat of pCPU 0 is first due in the run, at most a second; pCPU n's is n ns later; empty
 *     when each pCPU's is drawn at random
 * @param nmiPhaseNs unhalted time of every pCPU since its last NMI when the run starts; empty when drawn at random
 */
public record WatchdogSpec(int timeoutS, OptionalLong phaseNs, OptionalLong nmiPhaseNs) {}
