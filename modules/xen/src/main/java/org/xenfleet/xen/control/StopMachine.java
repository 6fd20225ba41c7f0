package org.xenfleet.xen.control;

import java.util.BitSet;
import org.xenfleet.xen.Fields;

/**
 * Brings all pCPUs to a stop, so that one of them can change what all rely on: each runs a tasklet that says it has
 * arrived and then spins until the last one has. There is no time-out, but for a livepatch. One at a time. pCPUs go by
 * number. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, M13 and M20.
 */
public final class StopMachine {
    private static final int NOBODY = -1;

    private int initiator = NOBODY;
    private final BitSet missing = new BitSet();
    private final BitSet arrived = new BitSet();
    private int last = NOBODY;

    /** {@code cpu} begins to wait for {@code others}; nothing else may be going on. */
    public void begin(int cpu, BitSet others) {
        if (initiator != NOBODY) {
            throw new IllegalStateException("pCPU " + initiator + " is stopping the machine already");
        }
        initiator = cpu;
        arrived.clear();
        missing.clear();
        missing.or(others);
        last = NOBODY;
    }

    public boolean isGoingOn() {
        return initiator != NOBODY;
    }

    /** A pCPU runs its tasklet. Returns whether nobody is missing any more. */
    public boolean arrives(int cpu) {
        missing.clear(cpu);
        arrived.set(cpu);
        last = cpu;
        return missing.isEmpty();
    }

    /** Whether the pCPU is still expected. */
    public boolean expects(int cpu) {
        return missing.get(cpu);
    }

    public int initiator() {
        return initiator;
    }

    /** A pCPU that has not arrived, or the one that arrived last. */
    public int waitsFor() {
        return missing.isEmpty() ? last : missing.nextSetBit(0);
    }

    /** The pCPUs that have arrived and spin; must not be changed. */
    public BitSet arrived() {
        return arrived;
    }

    /** It is over, one way or another: nobody is expected or held any more. */
    public void end() {
        initiator = NOBODY;
        missing.clear();
        arrived.clear();
    }

    public void fields(Fields f, int cpus) {
        initiator = f.at("stop-initiator", initiator);
        last = f.at("stop-last", last);
        for (int cpu = 0; cpu < cpus; cpu++) {
            missing.set(cpu, f.at("stop-missing", missing.get(cpu)));
            arrived.set(cpu, f.at("stop-arrived", arrived.get(cpu)));
        }
    }
}
