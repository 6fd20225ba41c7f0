package org.xenfleet.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Softirqs, the preemption check, access codes and costs; xen-semantics 2.1, 1.3 and 6. */
class AbiTest {
    @ParameterizedTest
    @CsvSource({
        "TIMER, 1",
        "SCHEDULE, 2",
        "RCU, 8",
        "TASKLET, 16",
        "TIME_CALIBRATE, 64",
        "VCPU_KICK, 128",
        "PCI_SERR, 512"
    })
    void softirqsHaveXensNumbers(Softirq softirq, int bit) {
        assertThat(softirq.bit()).isEqualTo(bit);
    }

    @Test
    void theLowestSoftirqIsServedFirst() {
        int pending = Softirq.VCPU_KICK.bit() | Softirq.SCHEDULE.bit() | Softirq.TIME_CALIBRATE.bit();

        assertThat(Softirq.first(pending)).isEqualTo(Softirq.SCHEDULE);
    }

    @ParameterizedTest
    @CsvSource({"0, false, false", "2, false, true", "0, true, true", "1, true, true", "512, false, true"})
    void aCallIsPreemptedForASoftirqOrAnEvent(int pending, boolean event, boolean expected) {
        assertThat(Preemption.check(pending, event)).isEqualTo(expected);
    }

    /** The table of section 1.3: r, w, x as left in the EPT entry. */
    @ParameterizedTest
    @CsvSource({
        "0, n, ---",
        "1, r, r--",
        "2, w, -w-",
        "3, rw, rw-",
        "4, x, --x",
        "5, rx, r-x",
        "6, wx, -wx",
        "7, rwx, rwx",
        "8, rx2rw, r-x",
        "9, n2rwx, ---"
    })
    void accessCodesLeaveTheseBits(int code, String label, String bits) {
        Access access = Access.ofCode(code).orElseThrow();
        String left = (access.read() ? "r" : "-") + (access.write() ? "w" : "-") + (access.execute() ? "x" : "-");

        assertThat(access.code()).isEqualTo(code);
        assertThat(access.label()).isEqualTo(label);
        assertThat(Access.ofLabel(label)).contains(access);
        assertThat(left).isEqualTo(bits);
        assertThat(access.present()).isEqualTo(!bits.equals("---"));
    }

    @ParameterizedTest
    @CsvSource({"-1", "10", "11", "65535"})
    void otherAccessCodesAreRefused(int code) {
        assertThat(Access.ofCode(code)).isEmpty();
    }

    /** 50 ns when nobody is in the mask; 2 us and 500 ns for each who is. */
    @ParameterizedTest
    @CsvSource({"0, 50", "1, 2500", "4, 4000"})
    void aFlushCostsByThePcpusInTheMask(int dirty, long ns) {
        assertThat(Costs.DEFAULT.flush(dirty)).isEqualTo(ns);
    }

    /** In ns: a waiter's chance at a lock without a queue, a tasklet, and all pCPUs stopped. */
    @ParameterizedTest
    @CsvSource({"LOW, 50, 200, 5000", "DEFAULT, 200, 500, 20000", "HIGH, 800, 2000, 100000"})
    void theEstimatesOfWhatMakesAnOutageRiseWithTheLevel(CostLevel level, long gap, long tasklet, long stopMachine) {
        Costs costs = Costs.of(level).withIterations(new TreeMap<>(Map.of("p2m-entry", 1L)));

        assertThat(costs.p2mGapWin()).isEqualTo(gap);
        assertThat(costs.tasklet()).isEqualTo(tasklet);
        assertThat(costs.stopMachine()).isEqualTo(stopMachine);
        assertThat(costs.iteration("p2m-entry")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1"})
    void noneOfThemIsNegative(long gap, long tasklet, long stopMachine) {
        assertThatThrownBy(() ->
                        new Costs(0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, gap, tasklet, stopMachine, new TreeMap<>()))
                .hasMessage("a cost is negative");
    }

    private static Costs costs(long p2mTable, long pv, long hvm, long wake) {
        return new Costs(p2mTable, 0, 0, 0, pv, hvm, 0, 0, 0, wake, 0, 0, 0, 0, 0, 0, new TreeMap<>());
    }

    @Test
    void aHypercallTakesTime() {
        assertThatThrownBy(() -> costs(0, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> costs(0, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(costs(0, 1, 1, 0).flush(9)).isZero();
    }

    @Test
    void costsAreNotNegative() {
        assertThatThrownBy(() -> Costs.DEFAULT.withIterations(new TreeMap<>(Map.of("p2m-entry", -1L))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> costs(-1, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> costs(0, 1, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
