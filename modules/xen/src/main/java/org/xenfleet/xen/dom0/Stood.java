package org.xenfleet.xen.dom0;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The standstills of a domain's vCPUs, those of a vCPU that touch made one. Immutable. */
final class Stood {
    /** When a vCPU next runs, and which. */
    record Running(long time, int vcpu) {}

    private final int vcpus;
    private final List<Standstill> standstills;

    Stood(int vcpus, List<Standstill> parts) {
        if (vcpus < 1) {
            throw new IllegalArgumentException("a domain of " + vcpus + " vCPUs; it has to have at least 1");
        }
        this.vcpus = vcpus;
        this.standstills = join(vcpus, parts);
    }

    private static List<Standstill> join(int vcpus, List<Standstill> parts) {
        List<Standstill> sorted = new ArrayList<>(parts);
        sorted.sort(Comparator.comparingInt(Standstill::vcpu).thenComparingLong(Standstill::start));
        List<Standstill> joined = new ArrayList<>();
        for (Standstill next : sorted) {
            if (next.vcpu() >= vcpus) {
                throw new IllegalArgumentException("vCPU " + next.vcpu() + " stands still from " + next.start()
                        + " ns, but the domain has vCPUs 0 to " + (vcpus - 1));
            }
            Standstill last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last == null || last.vcpu() != next.vcpu() || last.end() < next.start()) {
                joined.add(next);
            } else if (last.end() == next.start()) {
                joined.set(joined.size() - 1, new Standstill(last.vcpu(), last.start(), next.end(), last.where()));
            } else {
                throw new IllegalArgumentException("vCPU " + next.vcpu() + " stands still from " + next.start()
                        + " ns, but also until " + last.end() + " ns; standstills of a vCPU must not overlap");
            }
        }
        return joined;
    }

    List<Standstill> all() {
        return standstills;
    }

    /** The first vCPU that runs at or after {@code time}, the lowest of several; at OPEN if none does. */
    Running runsFrom(long time) {
        Running first = new Running(Standstill.OPEN, 0);
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            long again = runsFrom(vcpu, time);
            if (again < first.time()) {
                first = new Running(again, vcpu);
            }
        }
        return first;
    }

    private long runsFrom(int vcpu, long time) {
        for (Standstill s : standstills) {
            if (s.vcpu() == vcpu && s.start() <= time && time < s.end()) {
                return s.end();
            }
        }
        return time;
    }
}
