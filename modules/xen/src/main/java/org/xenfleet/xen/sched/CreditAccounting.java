package org.xenfleet.xen.sched;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.xenfleet.xen.Fields;

/**
 * The credits of a pool: who is active, and how the pot of each accounting period is shared by weight and cap. Used by
 * one thread.
 *
 * <p>Source: xen-semantics section 4.1, "Accounting".
 */
final class CreditAccounting {
    private final CreditVcpus vcpus;
    private final int perTslice;
    private final BitSet online;

    /** Active domains, the one that became active last in front; of each its active vCPUs, likewise. */
    private final ActiveList activeDomains = new ActiveList();

    private final List<ActiveList> activeVcpus = new ArrayList<>();
    private long weight;
    private long balance;

    /** Shares the mask of pCPUs in use with its scheduler. */
    CreditAccounting(CreditVcpus vcpus, CreditParameters parameters, BitSet online) {
        this.vcpus = vcpus;
        this.perTslice = parameters.creditsPerTslice();
        this.online = online;
    }

    /** Told for every vCPU whose parked state must change. */
    interface Parking {
        void park(int vcpu);

        void unpark(int vcpu);
    }

    void start(int vcpu) {
        int domain = vcpus.domain[vcpu];
        ActiveList active = activeOf(domain);
        if (active.isEmpty()) {
            activeDomains.addFirst(domain);
        }
        active.addFirst(vcpu);
        vcpus.active[vcpu] = true;
        weight += vcpus.weight[domain];
    }

    void stop(int vcpu) {
        int domain = vcpus.domain[vcpu];
        ActiveList active = activeOf(domain);
        active.remove(vcpu);
        if (active.isEmpty()) {
            activeDomains.remove(domain);
        }
        vcpus.active[vcpu] = false;
        weight -= vcpus.weight[domain];
    }

    boolean isIdle() {
        return weight == 0;
    }

    /** Shares out one period's credits. Returns false when there was nobody to give them to. */
    boolean distribute(Parking parking) {
        if (weight == 0) {
            balance = 0;
            return false;
        }
        long total = weight;
        long pot = (long) perTslice * online.cardinality() + Math.max(0, -balance);
        long left = total;
        long newBalance = 0;
        boolean extraSeen = false;
        for (int domain : activeDomains.toArray()) {
            int[] members = activeOf(domain).toArray();
            int n = members.length;
            long claim = (long) vcpus.weight[domain] * n;
            left -= claim;
            long peak = (long) n * perTslice;
            if (balance < 0) {
                peak += ceilDiv(-balance * claim, total);
            }
            long capOfVcpu = 0;
            if (vcpus.cap[domain] != 0) {
                long cap = ceilDiv((long) vcpus.cap[domain] * perTslice, 100);
                peak = Math.min(peak, cap);
                capOfVcpu = ceilDiv(cap, n);
            }
            long fair = ceilDiv(pot * claim, total);
            if (fair < peak) {
                extraSeen = true;
            } else {
                if (left != 0) {
                    pot += ceilDiv((fair - peak) * total, left);
                }
                if (extraSeen) {
                    activeDomains.remove(domain);
                    activeDomains.addFirst(domain);
                }
                fair = peak;
            }
            int share = Math.toIntExact(ceilDiv(fair, n));
            for (int vcpu : members) {
                newBalance += give(vcpu, share, vcpus.cap[domain] != 0, capOfVcpu, parking);
            }
        }
        balance = newBalance;
        return true;
    }

    /** Only here does a vCPU change between UNDER and OVER. Returns its credit afterwards. */
    private int give(int vcpu, int share, boolean capped, long capOfVcpu, Parking parking) {
        vcpus.credit[vcpu] += share;
        int credit = vcpus.credit[vcpu];
        if (credit < 0) {
            vcpus.priority[vcpu] = Priority.OVER;
            if (capped && credit < -capOfVcpu && !vcpus.parked[vcpu]) {
                parking.park(vcpu);
            }
            credit = Math.max(credit, -perTslice);
        } else {
            vcpus.priority[vcpu] = Priority.UNDER;
            if (vcpus.parked[vcpu]) {
                parking.unpark(vcpu);
            }
            if (credit > perTslice) {
                stop(vcpu);
                credit /= 2;
            }
        }
        vcpus.credit[vcpu] = credit;
        return credit;
    }

    private ActiveList activeOf(int domain) {
        while (activeVcpus.size() <= domain) {
            activeVcpus.add(new ActiveList());
        }
        return activeVcpus.get(domain);
    }

    private static long ceilDiv(long a, long b) {
        return (a + b - 1) / b;
    }

    void fields(Fields f) {
        weight = f.at("total-weight", weight);
        balance = f.at("credit-balance", balance);
        activeDomains.fields("active-domain", f);
        int domains = f.at("domains-known", activeVcpus.size());
        if (f.reading()) {
            activeVcpus.clear();
        }
        for (int domain = 0; domain < domains; domain++) {
            activeOf(domain).fields("active-vcpu", f);
        }
    }
}
