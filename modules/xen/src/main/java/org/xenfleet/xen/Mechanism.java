package org.xenfleet.xen;

import java.util.Locale;

/**
 * A way in which one tied pCPU becomes more than one tied pCPU, by its number. Each acts from its own precondition; each
 * can be left out, to see what it contributes. Source: xen-semantics section 5.
 */
public enum Mechanism {
    M1("a pCPU in a call that does not test for preemption cannot be rescheduled", "every call tests after each step"),
    M2("vCPUs queued on a tied pCPU are not picked up", "they are moved to another pCPU that they may run on"),
    M3("vCPUs pinned to a tied pCPU do not run", "they are moved to any other pCPU of their pool"),
    M4("timers of vCPUs homed on a tied pCPU do not fire", "they fire in the interrupt itself"),
    M5("the accounting of a pool stops with its master pCPU", "it goes on in the interrupt itself"),
    M6("a tied pCPU 0 damages Xen's system time", "system time is right"),
    M7("the NMI watchdog panics Xen over a pCPU that serves no softirq", "it never does"),
    M8("the target's own vCPUs spin for its p2m lock when they fault", "faults need no lock"),
    M9("others who need the target's p2m spin for its lock", "only calls that walk over a p2m need the lock"),
    M10("domain_pause spins until the domain's vCPUs have left their pCPUs", "it does not wait"),
    M11("one domctl at a time: the others try again and again", "any number at a time"),
    M12("what RCU frees waits until every pCPU has served its softirqs", "it is freed at once"),
    M13("stop_machine freezes all pCPUs until the last has arrived", "it waits for nobody"),
    M14("a tasklet runs on the pCPU at which it is aimed only", "it runs on the pCPU that asks for it"),
    M15("a tied pCPU answers interrupts of others at once", "it answers flushes only when it serves softirqs"),
    M16("a tied pCPU takes part in the calibration of time", "pCPU 0 spins until it has served softirqs"),
    M17("watchdog timers of domains live on pCPU 0", "they fire in the interrupt itself"),
    M18("a guest waits for its device model's answer", "it gets it at once"),
    M19("the kernel of dom0 notices that its vCPUs stand still", "it notices nothing"),
    M20("a livepatch gives up when a pCPU does not come in time", "it waits for as long as it takes");

    private final String acts;
    private final String left;

    Mechanism(String acts, String left) {
        this.acts = acts;
        this.left = left;
    }

    /** As a key of the scenario: {@code m8}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it does. */
    public String acts() {
        return acts;
    }

    /** What happens in its place where it is off. */
    public String whenOff() {
        return left;
    }
}
