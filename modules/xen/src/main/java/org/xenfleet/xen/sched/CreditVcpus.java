package org.xenfleet.xen.sched;

import java.util.Arrays;
import java.util.BitSet;
import org.xenfleet.xen.Fields;

/**
 * What the credit scheduler keeps of every vCPU of its pool, in parallel arrays by the vCPU's number in the pool, and of
 * their domains. Used by one thread.
 */
final class CreditVcpus {
    private final int cpuCount;

    int size;
    int[] domain = new int[0];
    int[] processor = new int[0];
    int[] priority = new int[0];
    int[] credit = new int[0];
    long[] residual = new long[0];
    long[] startTime = new long[0];
    boolean[] active = new boolean[0];
    boolean[] parked = new boolean[0];
    boolean[] yielding = new boolean[0];
    boolean[] blocked = new boolean[0];
    boolean[] migrating = new boolean[0];
    int[] pauses = new int[0];
    boolean[] onCpu = new boolean[0];
    /** The pCPU that loaded the vCPU's state last, or -1. */
    int[] loadedOn = new int[0];

    BitSet[] affinity = new BitSet[0];

    int domains;
    int[] weight = new int[0];
    int[] cap = new int[0];

    CreditVcpus(int cpuCount) {
        this.cpuCount = cpuCount;
    }

    int addDomain(int domainWeight, int domainCap) {
        weight = Arrays.copyOf(weight, domains + 1);
        cap = Arrays.copyOf(cap, domains + 1);
        weight[domains] = domainWeight;
        cap[domains] = domainCap;
        return domains++;
    }

    /** A new vCPU is UNDER with no credit, blocked, and paused once by its controller. */
    int add(int ofDomain, int onProcessor, BitSet hardAffinity) {
        int n = size + 1;
        domain = Arrays.copyOf(domain, n);
        processor = Arrays.copyOf(processor, n);
        priority = Arrays.copyOf(priority, n);
        credit = Arrays.copyOf(credit, n);
        residual = Arrays.copyOf(residual, n);
        startTime = Arrays.copyOf(startTime, n);
        active = Arrays.copyOf(active, n);
        parked = Arrays.copyOf(parked, n);
        yielding = Arrays.copyOf(yielding, n);
        blocked = Arrays.copyOf(blocked, n);
        migrating = Arrays.copyOf(migrating, n);
        pauses = Arrays.copyOf(pauses, n);
        onCpu = Arrays.copyOf(onCpu, n);
        loadedOn = Arrays.copyOf(loadedOn, n);
        affinity = Arrays.copyOf(affinity, n);
        domain[size] = ofDomain;
        processor[size] = onProcessor;
        priority[size] = Priority.UNDER;
        blocked[size] = true;
        loadedOn[size] = -1;
        pauses[size] = 1;
        affinity[size] = (BitSet) hardAffinity.clone();
        return size++;
    }

    boolean runnable(int vcpu) {
        return !blocked[vcpu] && !migrating[vcpu] && pauses[vcpu] == 0;
    }

    /** Takes credit for the time since the vCPU was last charged: exact, 10 credits a millisecond. */
    void burn(int vcpu, long now) {
        long elapsed = now - startTime[vcpu];
        if (elapsed <= 0) {
            return;
        }
        long due = elapsed * CreditParameters.CREDITS_PER_MS + residual[vcpu];
        credit[vcpu] -= Math.toIntExact(due / 1_000_000);
        residual[vcpu] = due % 1_000_000;
        startTime[vcpu] = now;
    }

    void fields(Fields f) {
        f.at("processor", processor);
        f.at("priority", priority);
        f.at("credit", credit);
        f.at("residual", residual);
        f.at("start-time", startTime);
        f.at("active", active);
        f.at("parked", parked);
        f.at("yielding", yielding);
        f.at("blocked", blocked);
        f.at("migrating", migrating);
        f.at("pauses", pauses);
        f.at("on-cpu", onCpu);
        f.at("loaded-on", loadedOn);
        f.at("weight", weight);
        f.at("cap", cap);
        for (BitSet mask : affinity) {
            for (int cpu = 0; cpu < cpuCount; cpu++) {
                mask.set(cpu, f.at("affinity", mask.get(cpu)));
            }
        }
    }
}
