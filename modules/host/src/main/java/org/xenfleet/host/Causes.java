package org.xenfleet.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xenfleet.host.HoldLog.Hold;
import org.xenfleet.host.HoldLog.What;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.operation.Stage;

/**
 * Says what was behind an incident: from the pCPU that it happened on, over whatever kept that waiting, to the call that
 * waited for nobody. Times are ns. Used by one thread.
 */
final class Causes {
    private final HostPlan plan;
    private final OperationCatalogue catalogue;
    private final List<Hold> holds = new ArrayList<>();

    Causes(HostPlan plan, OperationCatalogue catalogue) {
        this.plan = plan;
        this.catalogue = catalogue;
    }

    void add(List<Hold> ofCpu) {
        holds.addAll(ofCpu);
    }

    /** What held {@code cpu} for most of an interval; with -1, or if nothing did, {@code otherwise}. */
    Cause of(int cpu, long start, long end, String otherwise) {
        List<String> chain = new ArrayList<>();
        BitSet seen = new BitSet();
        Optional<Hold> found = longest(cpu, start, end);
        while (found.isPresent() && !seen.get(found.get().cpu())) {
            Hold hold = found.get();
            seen.set(hold.cpu());
            if (hold.forCpu() < 0 || hold.what() == What.CALL) {
                return new Cause(text(hold), chain);
            }
            chain.add(text(hold));
            Optional<Hold> behind = longest(hold.forCpu(), Math.max(start, hold.start()), hold.end());
            if (behind.isEmpty() && hold.what() == What.QUIESCENCE) {
                return new Cause(chain.remove(chain.size() - 1), chain);
            }
            if (behind.isEmpty()) {
                return new Cause("pcpu " + hold.forCpu() + " did not come to its softirqs", chain);
            }
            found = behind;
        }
        return chain.isEmpty() ? new Cause(otherwise, chain) : new Cause(chain.remove(chain.size() - 1), chain);
    }

    /** What held any pCPU for most of an interval; if nothing did, {@code otherwise}. */
    Cause ofAny(long start, long end, String otherwise) {
        return holds.stream()
                .filter(h -> overlap(h, start, end) > 0)
                .max(Comparator.<Hold>comparingLong(h -> weight(h, start, end))
                        .thenComparing(Comparator.comparingInt(Hold::cpu).reversed()))
                .map(h -> of(h.cpu(), start, end, otherwise))
                .orElse(new Cause(otherwise, List.of()));
    }

    /** What held a pCPU for the most of an interval; of equals, and within a call, what it waited for. */
    private Optional<Hold> longest(int cpu, long start, long end) {
        return holds.stream()
                .filter(h -> h.cpu() == cpu && overlap(h, start, end) > 0)
                .max(Comparator.<Hold>comparingLong(h -> weight(h, start, end))
                        .thenComparing(Hold::what)
                        .thenComparing(Comparator.comparingLong(Hold::start).reversed()));
    }

    private static long overlap(Hold hold, long start, long end) {
        return Math.min(hold.end(), end) - Math.max(hold.start(), start);
    }

    /** A wait counts double against the call that it is a part of. */
    private static long weight(Hold hold, long start, long end) {
        return overlap(hold, start, end) * (hold.what() == What.CALL ? 1 : 2);
    }

    private String text(Hold hold) {
        String since = " on pcpu " + hold.cpu() + " since " + ReportBuilder.seconds(hold.start());
        String call = hold.operation() < 0 ? "" : catalogue.at(hold.operation()).name() + " of " + vcpu(hold.vcpu());
        return switch (hold.what()) {
            case CALL -> call + since;
            case P2M_LOCK -> call + since + " spun for the p2m lock of " + domain(workedOn(hold)) + heldBy(hold);
            case FAULT_P2M_LOCK ->
                "a page fault of " + vcpu(hold.vcpu()) + since + " spun for the p2m lock of " + domain(hold.domid())
                        + heldBy(hold);
            case PAUSE -> call + since + " spun until " + domain(hold.domid()) + " had left pcpu " + hold.forCpu();
            case STOP_MACHINE ->
                (call.isEmpty() ? "stop_machine" : call) + since + " spun until pcpu " + hold.forCpu() + " had stopped";
            case STOPPED ->
                "stop_machine held pcpu " + hold.cpu() + " since " + ReportBuilder.seconds(hold.start())
                        + " until pcpu " + hold.forCpu() + " had stopped";
            case QUIESCENCE ->
                call + since + " spun until every pCPU had passed a quiescent state"
                        + (hold.forCpu() < 0 ? "" : "; pcpu " + hold.forCpu() + " had not");
            case DOMCTL -> call + since + " tried for the " + lockOf(hold) + " lock" + heldBy(hold);
        };
    }

    private String lockOf(Hold hold) {
        boolean other = hold.operation() >= 0
                && !catalogue.at(hold.operation()).has(Stage.Kind.DOMCTL_LOCK)
                && !catalogue.at(hold.operation()).locks().isEmpty();
        return other ? String.join(" or ", catalogue.at(hold.operation()).locks()) : "domctl";
    }

    /** A call on its caller does not name it. */
    private int workedOn(Hold hold) {
        return hold.domid() == CallRequest.DOMID_SELF
                ? plan.domainOf(hold.vcpu()).domid()
                : hold.domid();
    }

    private static String heldBy(Hold hold) {
        return hold.forCpu() < 0 ? "" : ", held on pcpu " + hold.forCpu();
    }

    private String vcpu(int number) {
        DomainPlan domain = plan.domainOf(number);
        VcpuPlan vcpu = plan.vcpus().get(number);
        return domain.vcpus().size() == 1 ? domain.name() : domain.name() + " vcpu " + vcpu.index();
    }

    private String domain(int domid) {
        return domid >= 0 && domid < plan.domains().size()
                ? plan.domains().get(domid).name()
                : "nobody";
    }
}
