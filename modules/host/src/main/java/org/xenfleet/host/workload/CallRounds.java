package org.xenfleet.host.workload;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.scenario.WorkloadSpec;
import org.xenfleet.xen.operation.Amount;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.On;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.operation.Stage;

/** The calls of one round of a hypercalls workload: every operation on its first target, then on the next. */
final class CallRounds {
    private static final long MAX_NR = 0xFFFF_FFFFL;

    private final HostPlan plan;
    private final VcpuPlan vcpu;
    private final WorkloadSpec.Hypercalls calls;
    private final OperationCatalogue catalogue;

    private CallRounds(HostPlan plan, VcpuPlan vcpu, WorkloadSpec.Hypercalls calls, OperationCatalogue catalogue) {
        this.plan = plan;
        this.vcpu = vcpu;
        this.calls = calls;
        this.catalogue = catalogue;
    }

    static List<Next.Call> of(
            HostPlan plan, VcpuPlan vcpu, WorkloadSpec.Hypercalls calls, OperationCatalogue catalogue) {
        return new CallRounds(plan, vcpu, calls, catalogue).round();
    }

    private List<Next.Call> round() {
        List<Next.Call> round = new ArrayList<>();
        List<Integer> targets = calls.aim().names().isEmpty()
                ? List.of(vcpu.targetDomid())
                : calls.aim().names().stream().map(this::domid).toList();
        for (int target : targets) {
            for (String name : calls.operations()) {
                int number = catalogue.indexOf(name);
                round.add(new Next.Call(number, request(number, target)));
            }
        }
        return round;
    }

    private int domid(String name) {
        return plan.domains().stream()
                .filter(d -> d.name().equals(name))
                .mapToInt(DomainPlan::domid)
                .findFirst()
                .orElseThrow();
    }

    private CallRequest request(int number, int targetDomid) {
        Operation operation = catalogue.at(number);
        boolean named = operation.on() == On.ANY && !calls.aim().names().isEmpty();
        int domid = operation.on() == On.OTHER || named ? targetDomid : CallRequest.DOMID_SELF;
        return new CallRequest(true, domid, code(operation), nr(operation, targetDomid), first(operation));
    }

    private long code(Operation operation) {
        if (operation.has(Stage.Kind.SET_AFFINITY)) {
            return plan.cpuMasks().indexOf(calls.aim().cpus().orElseThrow());
        }
        return switch (operation.iterates()) {
            case P2M_RANGE ->
                calls.access()
                        .flatMap(a ->
                                operation.access().codeOf(a).stream().boxed().findFirst())
                        .orElse(0);
            case P2M_ENTRY -> 0;
            case CALLS -> catalogue.indexOf(calls.calls().orElseThrow());
            default -> operation.subOp().orElse(0);
        };
    }

    private long nr(Operation operation, int targetDomid) {
        if (operation.has(Stage.Kind.ARM_WATCHDOG)) {
            return calls.aim().timeoutNs();
        }
        return switch (operation.iterates()) {
            case P2M_RANGE -> {
                long maxGfn = plan.domains().get(targetDomid).maxGfn();
                yield Math.min(MAX_NR, calls.pages().orElse(maxGfn + 1 - calls.firstPfn()));
            }
            case LIST, CALLS -> calls.count().orElseThrow();
            case AMOUNT -> calls.count().orElse(1);
            default -> 1;
        };
    }

    private long first(Operation operation) {
        if (operation.has(Stage.Kind.OFFLINE)) {
            return calls.aim().cpu().orElseThrow();
        }
        if (calls.order().isPresent() && operation.amounts().contains(Amount.ORDER)) {
            return calls.order().orElse(0);
        }
        return switch (operation.iterates()) {
            case P2M_RANGE, P2M_ENTRY -> calls.firstPfn();
            default -> 0;
        };
    }
}
