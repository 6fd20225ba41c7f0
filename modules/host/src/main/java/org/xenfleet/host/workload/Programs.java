package org.xenfleet.host.workload;

import java.util.List;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.scenario.WorkloadSpec;
import org.xenfleet.timeline.KeyedRandom;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.operation.OperationCatalogue;

/** Makes the program of a vCPU from its workload. */
public final class Programs {
    private Programs() {}

    public static Program of(HostPlan plan, VcpuPlan vcpu, OperationCatalogue catalogue) {
        WorkloadSpec workload = vcpu.workload();
        String entity = plan.name() + "/" + plan.domainOf(vcpu.number()).name() + "/" + vcpu.index();
        if (workload instanceof WorkloadSpec.Cpu) {
            return new Endless();
        }
        if (workload instanceof WorkloadSpec.Yield yield) {
            return new Yielding(yield.burstNs());
        }
        if (workload instanceof WorkloadSpec.Periodic periodic) {
            long drawn = KeyedRandom.of(plan.seed(), 0, entity, "phase").below(periodic.periodNs());
            return new Periodic(periodic, periodic.phaseNs().orElse(drawn));
        }
        if (workload instanceof WorkloadSpec.Poisson poisson) {
            return new Poisson(poisson, KeyedRandom.of(plan.seed(), 0, entity, "arrivals"));
        }
        if (workload instanceof WorkloadSpec.EmulatedIo io) {
            return new DeviceAccess(io);
        }
        if (workload instanceof WorkloadSpec.Hypercalls calls) {
            long within = calls.startWithinNs();
            long drawn = within == 0
                    ? 0
                    : KeyedRandom.of(plan.seed(), 0, entity, "start").below(within);
            return new Calls(calls, calls.startNs() + drawn, CallRounds.of(plan, vcpu, calls, catalogue));
        }
        return new Idle();
    }

    private static final class Idle implements Program {
        @Override
        public boolean wakesAtBoot(long now) {
            return false;
        }

        @Override
        public Next next(long now) {
            return new Next.Sleep(NEVER);
        }

        @Override
        public void fields(Fields f) {}
    }

    private static final class Endless implements Program {
        @Override
        public boolean wakesAtBoot(long now) {
            return true;
        }

        @Override
        public Next next(long now) {
            return new Next.Compute(Work.FOREVER);
        }

        @Override
        public void fields(Fields f) {}
    }

    /** Busy for a burst, then a yield. */
    private static final class Yielding implements Program {
        private final long burst;
        private boolean busy;

        Yielding(long burst) {
            this.burst = burst;
        }

        @Override
        public boolean wakesAtBoot(long now) {
            return true;
        }

        @Override
        public Next next(long now) {
            busy = !busy;
            return busy ? new Next.Compute(burst) : new Next.Yield();
        }

        @Override
        public void takesOver(Program before, long now) {
            busy = before instanceof Yielding same && same.busy;
        }

        @Override
        public void fields(Fields f) {
            busy = f.at("busy", busy);
        }
    }

    /** Points of the grid that pass while the vCPU is busy, or waits, are skipped. */
    private static final class Periodic implements Program {
        private final WorkloadSpec.Periodic spec;
        private final long phase;
        private long nextPoint;
        private boolean busy;

        Periodic(WorkloadSpec.Periodic spec, long phase) {
            this.spec = spec;
            this.phase = phase;
            this.nextPoint = phase;
        }

        @Override
        public boolean wakesAtBoot(long now) {
            return true;
        }

        @Override
        public Next next(long now) {
            if (busy) {
                nextPoint = pointFrom(now);
            }
            busy = now >= nextPoint;
            boolean polls = spec.timer() == WorkloadSpec.VcpuTimer.POLL;
            return busy ? new Next.Compute(spec.burstNs()) : new Next.Sleep(nextPoint, polls);
        }

        @Override
        public long wokenFor(long now) {
            busy = now >= nextPoint;
            return busy ? spec.burstNs() : Work.ASK;
        }

        private long pointFrom(long now) {
            long points = (now - phase + spec.periodNs() - 1) / spec.periodNs();
            return phase + points * spec.periodNs();
        }

        @Override
        public void takesOver(Program before, long now) {
            busy = before instanceof Periodic same && same.busy;
            nextPoint = now <= phase ? phase : pointFrom(now);
        }

        @Override
        public void fields(Fields f) {
            nextPoint = f.at("next-point", nextPoint);
            busy = f.at("busy", busy);
        }
    }

    /** Requests arrive whether or not the vCPU is ready for them, and queue. */
    private static final class Poisson implements Program {
        private final WorkloadSpec.Poisson spec;
        private KeyedRandom random;
        private long waiting;

        Poisson(WorkloadSpec.Poisson spec, KeyedRandom random) {
            this.spec = spec;
            this.random = random;
        }

        @Override
        public boolean wakesAtBoot(long now) {
            return false;
        }

        @Override
        public Next next(long now) {
            if (waiting == 0) {
                return new Next.Sleep(NEVER);
            }
            waiting--;
            return new Next.Compute(spec.burstNs());
        }

        @Override
        public long wokenFor(long now) {
            if (waiting == 0) {
                return Work.ASK;
            }
            waiting--;
            return spec.burstNs();
        }

        @Override
        public long nextArrival(long now) {
            return now + random.exponential(spec.periodNs());
        }

        @Override
        public void arrived() {
            waiting++;
        }

        @Override
        public boolean hearsArrivals() {
            return true;
        }

        @Override
        public void takesOver(Program before, long now) {
            if (before instanceof Poisson same) {
                waiting = same.waiting;
                random = same.random;
            }
        }

        @Override
        public void fields(Fields f) {
            waiting = f.at("waiting", waiting);
            RandomFields.visit(random, f);
        }
    }

    /** Busy for a burst, then an access to a device that its device model emulates. */
    private static final class DeviceAccess implements Program {
        private final WorkloadSpec.EmulatedIo spec;
        private boolean computed;

        DeviceAccess(WorkloadSpec.EmulatedIo spec) {
            this.spec = spec;
        }

        @Override
        public boolean wakesAtBoot(long now) {
            return true;
        }

        @Override
        public Next next(long now) {
            computed = !computed;
            return computed ? new Next.Compute(spec.burstNs()) : new Next.EmulatedIo(spec.serviceNs());
        }

        @Override
        public void takesOver(Program before, long now) {
            computed = before instanceof DeviceAccess same && same.computed;
        }

        @Override
        public void fields(Fields f) {
            computed = f.at("computed", computed);
        }
    }

    /** The same round of calls again and again, each in a fresh struct. */
    private static final class Calls implements Program {
        private final WorkloadSpec.Hypercalls spec;
        private final long start;
        private final List<Next.Call> round;
        private long rounds;
        private int inRound;
        private long notBefore;
        private boolean resting = true;

        Calls(WorkloadSpec.Hypercalls spec, long start, List<Next.Call> round) {
            this.spec = spec;
            this.start = start;
            this.round = round;
            this.notBefore = start;
        }

        @Override
        public boolean wakesAtBoot(long now) {
            return true;
        }

        @Override
        public Next next(long now) {
            if (inRound == round.size()) {
                inRound = 0;
                resting = true;
                notBefore = Math.max(now + spec.pauseNs(), start);
            }
            if (resting) {
                if (spec.repeat().isPresent() && rounds >= spec.repeat().getAsLong()) {
                    return new Next.Sleep(NEVER);
                }
                if (now < notBefore) {
                    return new Next.Sleep(notBefore);
                }
                resting = false;
                rounds++;
            }
            return round.get(inRound++);
        }

        /** Rounds are counted on. What is left of a round of other calls is dropped; the next waits for the new start too. */
        @Override
        public void takesOver(Program before, long now) {
            if (before instanceof Calls same) {
                rounds = same.rounds;
                resting = same.resting;
                inRound = resting ? 0 : same.round.equals(round) ? same.inRound : round.size();
                notBefore = rounds == 0 ? start : Math.max(same.notBefore, start);
            }
        }

        @Override
        public void fields(Fields f) {
            rounds = f.at("rounds", rounds);
            inRound = f.at("in-round", inRound);
            notBefore = f.at("not-before", notBefore);
            resting = f.at("resting", resting);
        }
    }
}
