package org.xenfleet.xen.sched;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Fields;

/**
 * What the credit2 scheduler keeps of every vCPU of its pool, in parallel arrays by the vCPU's number in the pool, and of
 * their domains. Used by one thread.
 */
final class Credit2Vcpus {
    /** No pCPU, no run queue. */
    static final int NONE = -1;

    int size;
    int[] domain = new int[0];
    int[] processor = new int[0];
    /** The number of its run queue. */
    int[] queue = new int[0];

    long[] credit = new long[0];
    /** What the last division by the weight left. */
    long[] residual = new long[0];
    /** Up to when the running vCPU is charged. */
    long[] chargedTo = new long[0];
    /** The pCPU that was poked for it and has not rescheduled since, unless {@link Credit2RunQueue#tickled} denies that. */
    int[] earmark = new int[0];
    /** Its own share of the load, in {@link LoadAverage#ONE}, and when that was seen. */
    long[] averageLoad = new long[0];

    long[] loadSeen = new long[0];

    boolean[] yielding = new boolean[0];
    boolean[] blocked = new boolean[0];
    /** Its domain has no budget for it. */
    boolean[] parked = new boolean[0];

    boolean[] migrating = new boolean[0];
    /** The run queue to which it migrates, or NONE for where its placement says. */
    int[] migratesTo = new int[0];

    int[] pauses = new int[0];
    BitSet[] hard = new BitSet[0];
    /** The preferred pCPUs among the hard ones; null where the preference says nothing. */
    @Nullable
    BitSet[] soft = new BitSet[0];

    int domains;
    int[] weight = new int[0];

    int addDomain(int domainWeight) {
        weight = Arrays.copyOf(weight, domains + 1);
        weight[domains] = domainWeight;
        return domains++;
    }

    /** A new vCPU is blocked, and paused once by its controller; half a vCPU's load is expected of it. */
    int add(int ofDomain, int onProcessor, BitSet mayRunOn, @Nullable BitSet prefers) {
        int n = size + 1;
        domain = Arrays.copyOf(domain, n);
        processor = Arrays.copyOf(processor, n);
        queue = Arrays.copyOf(queue, n);
        credit = Arrays.copyOf(credit, n);
        residual = Arrays.copyOf(residual, n);
        chargedTo = Arrays.copyOf(chargedTo, n);
        earmark = Arrays.copyOf(earmark, n);
        averageLoad = Arrays.copyOf(averageLoad, n);
        loadSeen = Arrays.copyOf(loadSeen, n);
        yielding = Arrays.copyOf(yielding, n);
        blocked = Arrays.copyOf(blocked, n);
        parked = Arrays.copyOf(parked, n);
        migrating = Arrays.copyOf(migrating, n);
        migratesTo = Arrays.copyOf(migratesTo, n);
        pauses = Arrays.copyOf(pauses, n);
        hard = Arrays.copyOf(hard, n);
        soft = Arrays.copyOf(soft, n);
        domain[size] = ofDomain;
        processor[size] = onProcessor;
        queue[size] = NONE;
        credit[size] = Credit2Parameters.CREDIT_INIT;
        earmark[size] = NONE;
        averageLoad[size] = LoadAverage.ONE / 2;
        blocked[size] = true;
        migratesTo[size] = NONE;
        pauses[size] = 1;
        hard[size] = mayRunOn;
        soft[size] = prefers;
        return size++;
    }

    boolean runnable(int vcpu) {
        return !blocked[vcpu] && !migrating[vcpu] && !parked[vcpu] && pauses[vcpu] == 0;
    }

    int weightOf(int vcpu) {
        return weight[domain[vcpu]];
    }

    /** Brings its share of the load up to {@code now}; {@code wanted} is whether it has wanted to run since it was seen. */
    void seeLoad(int vcpu, boolean wanted, long now) {
        long time = LoadAverage.time(now);
        averageLoad[vcpu] = LoadAverage.at(time, loadSeen[vcpu], averageLoad[vcpu], wanted ? 1 : 0);
        loadSeen[vcpu] = time;
    }

    void fields(int cpus, Fields f) {
        f.at("processor", processor);
        f.at("queue-of", queue);
        f.at("credit", credit);
        f.at("residual", residual);
        f.at("charged-to", chargedTo);
        f.at("earmark", earmark);
        f.at("average-load", averageLoad);
        f.at("load-seen", loadSeen);
        f.at("yielding", yielding);
        f.at("blocked", blocked);
        f.at("parked", parked);
        f.at("migrating", migrating);
        f.at("migrates-to", migratesTo);
        f.at("pauses", pauses);
        f.at("weight", weight);
        Masks.fields("may-run-on", hard, cpus, f);
        Masks.fields("prefers", soft, cpus, f);
    }
}
