package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Insertion behind everybody of the same or a higher priority, and the stable sort; xen-semantics 4.1, "Run queue". */
class RunQueuesTest {
    private static final int CPU = 0;

    private final CreditVcpus vcpus = new CreditVcpus();
    private final RunQueues queues = new RunQueues(vcpus, 2);
    private int domain;

    @BeforeEach
    void makeADomain() {
        domain = vcpus.addDomain(256, 0);
    }

    private int vcpu(int priority) {
        int vcpu = vcpus.add(domain, CPU, new BitSet(), null);
        vcpus.priority[vcpu] = priority;
        return vcpu;
    }

    private int queued(int priority) {
        int vcpu = vcpu(priority);
        queues.insert(CPU, vcpu);
        return vcpu;
    }

    private List<Integer> content(int cpu) {
        List<Integer> content = new ArrayList<>();
        for (int i = 0; i < queues.length(cpu); i++) {
            content.add(queues.at(cpu, i));
        }
        return content;
    }

    @Test
    void equalPrioritiesAreServedFirstInFirstOut() {
        int first = queued(Priority.UNDER);
        int second = queued(Priority.UNDER);
        int third = queued(Priority.UNDER);

        assertThat(content(CPU)).containsExactly(first, second, third);
    }

    @Test
    void aHigherPriorityOvertakesOnlyLowerOnes() {
        int under = queued(Priority.UNDER);
        int over = queued(Priority.OVER);
        int boost = queued(Priority.BOOST);
        int laterUnder = queued(Priority.UNDER);
        int laterBoost = queued(Priority.BOOST);

        assertThat(content(CPU)).containsExactly(boost, laterBoost, under, laterUnder, over);
    }

    @Test
    void aYieldingVcpuGoesBehindOneOfLowerPriority() {
        int first = queued(Priority.UNDER);
        int over = queued(Priority.OVER);
        int laterOver = queued(Priority.OVER);
        int yielding = vcpu(Priority.UNDER);
        vcpus.yielding[yielding] = true;
        queues.insert(CPU, yielding);

        assertThat(content(CPU)).containsExactly(first, over, yielding, laterOver);
    }

    @Test
    void aYieldingVcpuWithNobodyOfLowerPriorityIsJustLastOfItsClass() {
        int first = queued(Priority.OVER);
        int yielding = vcpu(Priority.OVER);
        vcpus.yielding[yielding] = true;
        queues.insert(CPU, yielding);

        assertThat(content(CPU)).containsExactly(first, yielding);
    }

    @Test
    void queuesOfTwoPcpusAreApart() {
        int here = queued(Priority.UNDER);
        int there = vcpu(Priority.UNDER);
        queues.insert(1, there);

        assertThat(content(0)).containsExactly(here);
        assertThat(content(1)).containsExactly(there);
        assertThat(queues.contains(0, there)).isFalse();
        assertThat(queues.remove(0, there)).isFalse();
        assertThat(queues.contains(1, there)).isTrue();
    }

    @Test
    void aVcpuTakenFromTheMiddleLeavesTheOthersInOrder() {
        int first = queued(Priority.UNDER);
        int second = queued(Priority.UNDER);
        int third = queued(Priority.UNDER);

        assertThat(queues.remove(CPU, second)).isTrue();
        assertThat(content(CPU)).containsExactly(first, third);
    }

    @Test
    void aChangedPriorityTakesEffectOnlyWhenSorted() {
        int first = queued(Priority.UNDER);
        int second = queued(Priority.UNDER);
        vcpus.priority[first] = Priority.OVER;

        assertThat(content(CPU)).containsExactly(first, second);
        assertThat(queues.isUnsorted(CPU)).isTrue();
        queues.sort(CPU);
        assertThat(content(CPU)).containsExactly(second, first);
        assertThat(queues.isUnsorted(CPU)).isFalse();
    }

    /** The sort knows two classes, "UNDER or better" and OVER: BOOST does not overtake UNDER in it. */
    @Test
    void sortingKeepsTheOrderWithinUnderAndWithinOver() {
        int a = queued(Priority.UNDER);
        int b = queued(Priority.UNDER);
        int c = queued(Priority.UNDER);
        int d = queued(Priority.UNDER);
        int e = queued(Priority.UNDER);
        vcpus.priority[a] = Priority.OVER;
        vcpus.priority[c] = Priority.OVER;
        vcpus.priority[e] = Priority.BOOST;
        queues.sort(CPU);

        assertThat(content(CPU)).containsExactly(b, d, e, a, c);
    }

    /** The naive queue inserts by stable sort on priority of a list that the newcomer was appended to. */
    @Test
    void randomInsertionsAndRemovalsMatchANaiveQueue() {
        long seed = 20140325;
        Random random = new Random(seed);
        List<Integer> naive = new ArrayList<>();
        Comparator<Integer> byPriority = Comparator.comparingInt(v -> -vcpus.priority[v]);
        for (int step = 0; step < 2000; step++) {
            if (naive.size() > 12 || (!naive.isEmpty() && random.nextInt(3) == 0)) {
                int gone = naive.remove(random.nextInt(naive.size()));
                queues.remove(CPU, gone);
            } else {
                naive.add(queued(-random.nextInt(3)));
                naive.sort(byPriority);
            }
            assertThat(content(CPU)).as("seed %d, step %d", seed, step).isEqualTo(naive);
        }
    }
}
