package org.xenfleet.xen.sched;

import java.util.Arrays;
import org.xenfleet.xen.Fields;

/**
 * One run queue a pCPU. A vCPU is put behind all of its own or a higher priority, so that a class is served first in,
 * first out. The idle vCPU is not in the queues: an empty queue means it. Used by one thread.
 *
 * <p>Source: xen-semantics section 4.1, "Run queue".
 */
final class RunQueues {
    private final CreditVcpus vcpus;
    private final int[][] queue;
    private final int[] length;
    private int total;

    RunQueues(CreditVcpus vcpus, int cpus) {
        this.vcpus = vcpus;
        this.queue = new int[cpus][1];
        this.length = new int[cpus];
    }

    int length(int cpu) {
        return length[cpu];
    }

    /** vCPUs in all queues together. */
    int total() {
        return total;
    }

    int at(int cpu, int position) {
        return queue[cpu][position];
    }

    void insert(int cpu, int vcpu) {
        int position = 0;
        while (position < length[cpu] && vcpus.priority[queue[cpu][position]] >= vcpus.priority[vcpu]) {
            position++;
        }
        if (vcpus.yielding[vcpu] && position < length[cpu]) {
            position++;
        }
        if (length[cpu] == queue[cpu].length) {
            queue[cpu] = Arrays.copyOf(queue[cpu], length[cpu] * 2);
        }
        System.arraycopy(queue[cpu], position, queue[cpu], position + 1, length[cpu] - position);
        queue[cpu][position] = vcpu;
        length[cpu]++;
        total++;
    }

    boolean contains(int cpu, int vcpu) {
        for (int i = 0; i < length[cpu]; i++) {
            if (queue[cpu][i] == vcpu) {
                return true;
            }
        }
        return false;
    }

    /** Takes the vCPU out of the pCPU's queue, if it is there. */
    boolean remove(int cpu, int vcpu) {
        for (int i = 0; i < length[cpu]; i++) {
            if (queue[cpu][i] == vcpu) {
                length[cpu]--;
                total--;
                System.arraycopy(queue[cpu], i + 1, queue[cpu], i, length[cpu] - i);
                return true;
            }
        }
        return false;
    }

    /** Moves UNDER (and BOOST) before OVER, keeping the order within each. */
    void sort(int cpu) {
        int[] q = queue[cpu];
        int front = 0;
        for (int i = 0; i < length[cpu]; i++) {
            int vcpu = q[i];
            if (vcpus.priority[vcpu] >= Priority.UNDER) {
                System.arraycopy(q, front, q, front + 1, i - front);
                q[front++] = vcpu;
            }
        }
    }

    /** Whether {@link #sort} would change the queue. */
    boolean isUnsorted(int cpu) {
        boolean overSeen = false;
        for (int i = 0; i < length[cpu]; i++) {
            boolean over = vcpus.priority[queue[cpu][i]] < Priority.UNDER;
            if (overSeen && !over) {
                return true;
            }
            overSeen |= over;
        }
        return false;
    }

    void fields(Fields f) {
        total = 0;
        for (int cpu = 0; cpu < length.length; cpu++) {
            length[cpu] = f.at("queued", length[cpu]);
            if (length[cpu] > queue[cpu].length) {
                queue[cpu] = new int[length[cpu]];
            }
            total += length[cpu];
            for (int i = 0; i < length[cpu]; i++) {
                queue[cpu][i] = f.at("vcpu", queue[cpu][i]);
            }
        }
    }
}
