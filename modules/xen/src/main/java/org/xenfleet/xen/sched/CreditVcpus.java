package org.xenfleet.xen.sched;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Fields;

/**
 * What the credit scheduler keeps of every vCPU of its pool, in parallel arrays by the vCPU's number in the pool, and of
 * their domains. Used by one thread.
 */
final class CreditVcpus {
    private static final long MS = 1_000_000L;

    int size;
    int[] domain = new int[0];
    int[] processor = new int[0];
    int[] priority = new int[0];
    int[] credit = new int[0];
    /** Parts of a credit that have been seen and not charged, in 1/1,000,000. */
    long[] residual = new long[0];
    /** Up to when the vCPU is charged: an instant while it runs, else relative to when it left its pCPU. */
    long[] chargedTo = new long[0];
    /** When a pCPU last decided about it while it ran. */
    long[] lastRan = new long[0];

    boolean[] active = new boolean[0];
    boolean[] parked = new boolean[0];
    boolean[] yielding = new boolean[0];
    boolean[] blocked = new boolean[0];
    boolean[] migrating = new boolean[0];
    int[] pauses = new int[0];
    boolean[] onCpu = new boolean[0];

    BitSet[] hard = new BitSet[0];
    /** The preferred pCPUs among the hard ones; null where the preference says nothing. */
    @Nullable
    BitSet[] soft = new BitSet[0];
    /** Whether any vCPU has a preference. */
    boolean prefer;

    boolean anySoft;

    int domains;
    int[] weight = new int[0];
    int[] cap = new int[0];

    int addDomain(int domainWeight, int domainCap) {
        weight = Arrays.copyOf(weight, domains + 1);
        cap = Arrays.copyOf(cap, domains + 1);
        weight[domains] = domainWeight;
        cap[domains] = domainCap;
        return domains++;
    }

    /** A new vCPU is UNDER with no credit, blocked, and paused once by its controller. */
    int add(int ofDomain, int onProcessor, BitSet mayRunOn, @Nullable BitSet prefers) {
        int n = size + 1;
        domain = Arrays.copyOf(domain, n);
        processor = Arrays.copyOf(processor, n);
        priority = Arrays.copyOf(priority, n);
        credit = Arrays.copyOf(credit, n);
        residual = Arrays.copyOf(residual, n);
        chargedTo = Arrays.copyOf(chargedTo, n);
        lastRan = Arrays.copyOf(lastRan, n);
        active = Arrays.copyOf(active, n);
        parked = Arrays.copyOf(parked, n);
        yielding = Arrays.copyOf(yielding, n);
        blocked = Arrays.copyOf(blocked, n);
        migrating = Arrays.copyOf(migrating, n);
        pauses = Arrays.copyOf(pauses, n);
        onCpu = Arrays.copyOf(onCpu, n);
        hard = Arrays.copyOf(hard, n);
        soft = Arrays.copyOf(soft, n);
        domain[size] = ofDomain;
        processor[size] = onProcessor;
        priority[size] = Priority.UNDER;
        blocked[size] = true;
        pauses[size] = 1;
        lastRan[size] = Long.MIN_VALUE / 2;
        hard[size] = mayRunOn;
        soft[size] = prefers;
        prefer |= prefers != null;
        anySoft |= prefers != null;
        return size++;
    }

    boolean runnable(int vcpu) {
        return !blocked[vcpu] && !migrating[vcpu] && pauses[vcpu] == 0;
    }

    /**
     * Takes whole credits, 10 a millisecond, for the time since the vCPU was charged last. As in Xen the rest counts
     * twice: it stays behind as time that is not charged yet and as the residual of the division.
     */
    void burn(int vcpu, long now) {
        long elapsed = now - chargedTo[vcpu];
        if (elapsed <= 0) {
            return;
        }
        long due = elapsed * CreditParameters.CREDITS_PER_MS + residual[vcpu];
        long credits = due / MS;
        residual[vcpu] = due % MS;
        credit[vcpu] -= Math.toIntExact(credits);
        chargedTo[vcpu] += credits * MS / CreditParameters.CREDITS_PER_MS;
    }

    /** The vCPU comes to its pCPU, with what was not charged when it left. */
    void enters(int vcpu, long now) {
        chargedTo[vcpu] += now;
    }

    /** The vCPU, charged, leaves its pCPU. */
    void leaves(int vcpu, long now) {
        chargedTo[vcpu] -= now;
    }

    void fields(Fields f, LoadedState loaded) {
        f.at("processor", processor);
        f.at("priority", priority);
        f.at("credit", credit);
        f.at("residual", residual);
        f.at("charged-to", chargedTo);
        f.at("last-ran", lastRan);
        f.at("active", active);
        f.at("parked", parked);
        f.at("yielding", yielding);
        f.at("blocked", blocked);
        f.at("migrating", migrating);
        f.at("pauses", pauses);
        f.at("on-cpu", onCpu);
        loaded.fieldsByVcpu(f);
        f.at("weight", weight);
        f.at("cap", cap);
    }
}
