package org.xenfleet.host.protocol;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateWriter;

/**
 * Who runs where.
 *
 * <pre>
 *   Domain      --Unpause, Wake-->    CpuPool            a vCPU has something to do
 *   CpuPool     --RaiseSoftirq-->     PhysicalCpu        poke: reschedule when you can
 *   PhysicalCpu --Schedule-->         CpuPool            in its SCHEDULE softirq, or when its vCPU blocks or yields
 *   CpuPool     --Run-->              PhysicalCpu        this vCPU, from then, with these timers
 *   PhysicalCpu --Tick, Account-->    CpuPool            a timer of the scheduler fired there
 *   PhysicalCpu --TimersReal-->       CpuPool            a call runs here: every timer can be noticed
 *   CpuPool     --ArmTimers, QuietAccounting--> PhysicalCpu  set timers that matter, the next tick too; forget one that does not
 *   PhysicalCpu --Spun, Overdue-->    CpuPool            time without progress that only the pCPU sees
 *   Domain      --WaitedForIo-->      CpuPool            ... and that only the Domain sees
 *   Hypervisor  --PauseVcpus, UnpauseVcpus, PinVcpus--> CpuPool    of a domain
 *   CpuPool     --DomainOffCpus-->    Hypervisor         all its vCPUs have left their pCPUs
 *   Hypervisor  --PauseVcpu-->        CpuPool            one whose call goes on elsewhere
 *   Hypervisor  --CpuGoesOffline-->   CpuPool            a pCPU goes out of use
 *   PhysicalCpu --WatchRace, EndRace--> CpuPool          a call goes on for as long as others run
 *   CpuPool     --RaceOver-->         PhysicalCpu        none of them runs any more
 *   PhysicalCpu --Evacuate-->         CpuPool            it is tied; only where others pick up what is queued there
 * </pre>
 *
 * vCPUs go by their number on the host, times are simulated ns, -1 stands for no vCPU and for no time.
 */
public sealed interface Scheduling extends Message {

    /** What the current vCPU of a pCPU that reschedules has done: nothing, gone to sleep in its guest, or yielded. */
    enum Departure {
        NONE,
        BLOCKED,
        YIELDED
    }

    /**
     * @param work what is left of the current vCPU's activity
     * @param tasklet whether a tasklet waits for the idle vCPU
     */
    record Schedule(int cpu, long work, Departure why, boolean tasklet) implements Scheduling {
        @Override
        public int kind() {
            return 10;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
            out.put("work", work);
            out.put("why", why.ordinal());
            out.put("tasklet", tasklet);
        }
    }

    /** @param startsAt first instruction of the vCPU, or first idle instant */
    record Run(int vcpu, long work, long startsAt, long sliceAt, long tickAt) implements Scheduling {
        @Override
        public int kind() {
            return 11;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("work", work);
            out.put("starts-at", startsAt);
            out.put("slice-at", sliceAt);
            out.put("tick-at", tickAt);
        }
    }

    /**
     * @param work what the vCPU does first
     * @param wakerCpu where the waking runs, or -1
     * @param dueSince when the timer or event was due, or -1
     */
    record Wake(int vcpu, long work, int wakerCpu, long dueSince) implements Scheduling {
        @Override
        public int kind() {
            return 12;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("work", work);
            out.put("waker", wakerCpu);
            out.put("due", dueSince);
        }
    }

    record Unpause(int vcpu) implements Scheduling {
        @Override
        public int kind() {
            return 13;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
        }
    }

    record Tick(int cpu) implements Scheduling {
        @Override
        public int kind() {
            return 14;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
        }
    }

    record Account(int cpu) implements Scheduling {
        @Override
        public int kind() {
            return 15;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
        }
    }

    /** Sets the timers whose time is not -1. */
    record ArmTimers(long tickAt, long sliceAt, long accountingAt) implements Scheduling {
        @Override
        public int kind() {
            return 16;
        }

        @Override
        public void write(StateWriter out) {
            out.put("tick-at", tickAt);
            out.put("slice-at", sliceAt);
            out.put("accounting-at", accountingAt);
        }
    }

    /** Takes the timer of an accounting back that would change nothing. */
    record QuietAccounting() implements Scheduling {
        @Override
        public int kind() {
            return 17;
        }

        @Override
        public void write(StateWriter out) {}
    }

    record TimersReal(int cpu) implements Scheduling {
        @Override
        public int kind() {
            return 18;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
        }
    }

    /** @param bit of {@link org.xenfleet.xen.Softirq} */
    record RaiseSoftirq(int bit) implements Scheduling {
        @Override
        public int kind() {
            return 19;
        }

        @Override
        public void write(StateWriter out) {
            out.put("bit", bit);
        }
    }

    /**
     * A vCPU held its pCPU, waiting in Xen for a lock.
     *
     * @param end now, unless the host has been down for some time
     */
    record Spun(int vcpu, int cpu, long start, long end) implements Scheduling {
        @Override
        public int kind() {
            return 20;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("cpu", cpu);
            out.put("start", start);
        }
    }

    /** At {@code end}, that of the run or of the host, a vCPU's timer was due and not served. */
    record Overdue(int vcpu, int cpu, long due, long end) implements Scheduling {
        @Override
        public int kind() {
            return 21;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("cpu", cpu);
            out.put("due", due);
        }
    }

    /** @param sync whether the caller has to hear when all of them have left their pCPUs */
    record PauseVcpus(int domid, int callerCpu, boolean sync) implements Scheduling {
        @Override
        public int kind() {
            return 22;
        }

        @Override
        public void write(StateWriter out) {
            out.put("domid", domid);
            out.put("caller-cpu", callerCpu);
            out.put("sync", sync);
        }
    }

    record DomainOffCpus(int domid, int callerCpu) implements Scheduling {
        @Override
        public int kind() {
            return 23;
        }

        @Override
        public void write(StateWriter out) {
            out.put("domid", domid);
            out.put("caller-cpu", callerCpu);
        }
    }

    record UnpauseVcpus(int domid) implements Scheduling {
        @Override
        public int kind() {
            return 24;
        }

        @Override
        public void write(StateWriter out) {
            out.put("domid", domid);
        }
    }

    /** @param mask number of a set of pCPUs in the plan */
    record PinVcpus(int domid, int mask) implements Scheduling {
        @Override
        public int kind() {
            return 25;
        }

        @Override
        public void write(StateWriter out) {
            out.put("domid", domid);
            out.put("mask", mask);
        }
    }

    record PauseVcpu(int vcpu) implements Scheduling {
        @Override
        public int kind() {
            return 26;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
        }
    }

    record Evacuate(int cpu) implements Scheduling {
        @Override
        public int kind() {
            return 27;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
        }
    }

    record CpuGoesOffline(int cpu) implements Scheduling {
        @Override
        public int kind() {
            return 28;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
        }
    }

    /** @param cpu where it was answered, or -1 */
    record WaitedForIo(int vcpu, int cpu, long start, long end) implements Scheduling {
        @Override
        public int kind() {
            return 29;
        }

        @Override
        public void write(StateWriter out) {
            out.put("vcpu", vcpu);
            out.put("cpu", cpu);
            out.put("start", start);
            out.put("end", end);
        }
    }

    /**
     * A call of a vCPU works on a pCPU for as long as others run who race with it; {@link RaceOver} says when none does.
     *
     * @param deviceModel whether that is the vCPU of its device model; else they are the others of its domain
     */
    record WatchRace(int cpu, int vcpu, boolean deviceModel) implements Scheduling {
        @Override
        public int kind() {
            return 130;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
            out.put("vcpu", vcpu);
            out.put("device-model", deviceModel ? 1 : 0);
        }
    }

    /** The call on the pCPU does not work any more. */
    record EndRace(int cpu) implements Scheduling {
        @Override
        public int kind() {
            return 131;
        }

        @Override
        public void write(StateWriter out) {
            out.put("cpu", cpu);
        }
    }

    /** None of those runs any more who kept the call going. */
    record RaceOver() implements Scheduling {
        @Override
        public int kind() {
            return 132;
        }

        @Override
        public void write(StateWriter out) {}
    }
}
