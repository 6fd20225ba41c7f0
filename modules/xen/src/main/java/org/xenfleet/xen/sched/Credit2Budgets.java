package org.xenfleet.xen.sched;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xenfleet.xen.Fields;

/**
 * The caps of credit2: every 10 ms a capped domain has a budget of CPU time, its vCPUs take parts of it to run, bring back what
 * is left, and are parked when there is nothing to take. Times and budgets in ns. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.2, "cap period"; the traces of Xen 4.17.7 show what is run and how long is parked.
 * Simplified: the replenishments of all domains are homed on one pCPU, where Xen picks one for each at random.
 */
final class Credit2Budgets {
    private final Credit2Vcpus vcpus;
    /** By domain: what it has in a period, 0 for no cap; what is left; when there is more; its vCPUs; who is parked. */
    private long[] total = new long[0];

    private long[] budget = new long[0];
    private long[] next = new long[0];
    private int[] members = new int[0];
    private final List<VcpuList> parked = new ArrayList<>();
    /** By vCPU, what it has taken and not used; negative what it has run too long. */
    private long[] own = new long[0];

    Credit2Budgets(Credit2Vcpus vcpus) {
        this.vcpus = vcpus;
    }

    /** @param cap in per cent of a pCPU, 0 for none */
    void addDomain(int cap) {
        int domain = total.length;
        total = Arrays.copyOf(total, domain + 1);
        budget = Arrays.copyOf(budget, domain + 1);
        next = Arrays.copyOf(next, domain + 1);
        members = Arrays.copyOf(members, domain + 1);
        total[domain] = Credit2Parameters.CAP_PERIOD * cap / 100;
        budget[domain] = total[domain];
        next[domain] = Credit2Parameters.CAP_PERIOD;
        parked.add(new VcpuList());
    }

    void addVcpu(int domain) {
        own = Arrays.copyOf(own, own.length + 1);
        members[domain]++;
    }

    boolean isCapped(int vcpu) {
        return total[vcpus.domain[vcpu]] > 0;
    }

    void spend(int vcpu, long ran) {
        if (isCapped(vcpu)) {
            own[vcpu] -= ran;
        }
    }

    boolean isSpent(int vcpu) {
        return isCapped(vcpu) && own[vcpu] <= 0;
    }

    long left(int vcpu) {
        return own[vcpu];
    }

    /** Whether a vCPU has budget, after taking its part of the domain's if it has none; else it is parked. */
    boolean grab(int vcpu, long now) {
        if (!isSpent(vcpu)) {
            return true;
        }
        int domain = vcpus.domain[vcpu];
        passQuietly(domain, now);
        budget[domain] += own[vcpu];
        if (budget[domain] <= 0) {
            own[vcpu] = 0;
            vcpus.parked[vcpu] = true;
            parked.get(domain).insert(0, vcpu);
            return false;
        }
        own[vcpu] = Math.min(budget[domain], Math.max(total[domain] / members[domain], Credit2Parameters.MIN_TIMER));
        budget[domain] -= own[vcpu];
        return true;
    }

    /** A vCPU that leaves its pCPU brings back what is left. Returns those that need not be parked any more. */
    int[] giveBack(int vcpu) {
        int domain = vcpus.domain[vcpu];
        if (!isCapped(vcpu) || own[vcpu] <= 0) {
            return new int[0];
        }
        budget[domain] += own[vcpu];
        own[vcpu] = 0;
        return budget[domain] > 0 ? unpark(domain) : new int[0];
    }

    private int[] unpark(int domain) {
        int[] free = parked.get(domain).toArray();
        for (int vcpu : free) {
            parked.get(domain).remove(vcpu);
            vcpus.parked[vcpu] = false;
        }
        return free;
    }

    /** The replenishment of all domains that is due. Returns those that need not be parked any more. */
    int[] replenish(long now) {
        VcpuList free = new VcpuList();
        for (int domain = 0; domain < total.length; domain++) {
            if (total[domain] > 0 && next[domain] <= now) {
                while (next[domain] <= now) {
                    next[domain] += Credit2Parameters.CAP_PERIOD;
                    budget[domain] += total[domain];
                }
                budget[domain] = Math.min(budget[domain], total[domain]);
                if (budget[domain] > 0) {
                    for (int vcpu : unpark(domain)) {
                        free.add(vcpu);
                    }
                }
            }
        }
        return free.toArray();
    }

    /** A full budget stays full. */
    private void passQuietly(int domain, long now) {
        if (budget[domain] == total[domain] && next[domain] <= now) {
            long periods = (now - next[domain]) / Credit2Parameters.CAP_PERIOD + 1;
            next[domain] += periods * Credit2Parameters.CAP_PERIOD;
        }
    }

    /** When a replenishment next changes something, or, with {@code any}, is due at all; Long.MAX_VALUE for never. */
    long due(boolean any) {
        long due = Long.MAX_VALUE;
        for (int domain = 0; domain < total.length; domain++) {
            if (total[domain] > 0 && (any || budget[domain] < total[domain])) {
                due = Math.min(due, next[domain]);
            }
        }
        return due;
    }

    void fields(Fields f) {
        f.at("budget", budget);
        f.at("next-replenishment", next);
        f.at("own-budget", own);
        for (VcpuList list : parked) {
            list.fields("parked-vcpu", f);
        }
    }
}
