package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.On;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.operation.Stage;
import org.xenfleet.xlcfg.GuestType;

/** Whether everybody whom the workloads of a host name is there: domains to work on, guests to serve, pCPUs. */
final class TargetNames {
    private static final String DOM0 = "Domain-0";
    private static final String DOM0_KEY = "dom0";

    private final Section host;
    private final int cpus;
    private final OperationCatalogue operations;
    private final TreeSet<String> domains = new TreeSet<>();
    private final TreeSet<String> guests = new TreeSet<>();

    private TargetNames(Section host, List<DomainSpec> specs, int cpus, OperationCatalogue operations) {
        this.host = host;
        this.cpus = cpus;
        this.operations = operations;
        domains.add(DOM0);
        for (DomainSpec spec : specs) {
            guests.add(spec.name());
            domains.add(spec.name());
            if (spec.stubDomain()) {
                domains.add(spec.name() + "-dm");
            }
        }
    }

    /** Reports who is missing, and who cannot do what he is to do. */
    static void check(Section host, List<DomainSpec> domains, Dom0Spec dom0, int cpus, OperationCatalogue operations) {
        TargetNames names = new TargetNames(host, domains, cpus, operations);
        dom0.workloads().forEach(w -> names.check(w, DOM0_KEY, true));
        for (DomainSpec domain : domains) {
            String owner = "domains." + domain.key();
            names.checkKind(domain, domain.workload(), owner);
            names.check(domain.workload(), owner, false);
            domain.deviceModelWorkload().ifPresent(w -> {
                if (w instanceof WorkloadSpec.EmulatedIo || w instanceof WorkloadSpec.Backend) {
                    host.problem(owner, "has the workload " + w.name() + ", which is nothing that a device model does");
                }
                names.check(w, owner, false);
            });
        }
    }

    private void checkKind(DomainSpec domain, WorkloadSpec workload, String owner) {
        if (workload instanceof WorkloadSpec.Backend) {
            host.problem(owner, "has the workload " + workload.name() + " of kind backend; only dom0 can have one yet");
        } else if (workload instanceof WorkloadSpec.EmulatedIo && domain.type() != GuestType.HVM) {
            host.problem(
                    owner,
                    "has the workload " + workload.name() + " of kind emulated-io, but " + domain.name()
                            + " is of type " + domain.type().label() + ", which has no device model");
        }
    }

    private void check(WorkloadSpec workload, String owner, boolean needsTarget) {
        if (workload instanceof WorkloadSpec.Backend backend) {
            for (String guest : backend.guests()) {
                if (!guests.contains(guest)) {
                    problem(workload, owner, "guests = " + guest + " is no guest of the host", guests, guest);
                }
            }
        } else if (workload instanceof WorkloadSpec.Hypercalls calls) {
            checkCalls(calls, owner, needsTarget);
        }
    }

    private void checkCalls(WorkloadSpec.Hypercalls calls, String owner, boolean needsTarget) {
        if (calls.reaction() && !owner.equals(DOM0_KEY)) {
            host.problem(owner, "has the workload " + calls.name() + ", which is a reaction; only dom0 can have one");
        }
        for (String target : calls.aim().names()) {
            if (!domains.contains(target)) {
                problem(calls, owner, "target = " + target + " is no domain of the host", domains, target);
            }
        }
        List<String> aimless = new ArrayList<>();
        for (String name : calls.operations()) {
            Operation operation = operations.find(name).orElseThrow();
            if (operation.on() == On.OTHER && calls.aim().names().isEmpty() && needsTarget) {
                aimless.add(name);
            }
            if (operation.has(Stage.Kind.OFFLINE)) {
                checkOffline(calls, owner);
            }
        }
        if (!aimless.isEmpty()) {
            host.problem(
                    owner,
                    "has the workload " + calls.name() + ", which makes " + String.join(", ", aimless)
                            + " on no domain; give the workload a target, or give it to a guest as its"
                            + " device-model-workload");
        }
        calls.aim()
                .cpus()
                .filter(c -> c.length() > cpus)
                .ifPresent(c -> host.problem(
                        owner,
                        "has the workload " + calls.name() + ", whose cpus = " + CpuList.text(c)
                                + " are not all there: the host has " + CpuList.count(cpus)));
    }

    private void checkOffline(WorkloadSpec.Hypercalls calls, String owner) {
        Optional<Integer> cpu = calls.aim().cpu().stream().boxed().findFirst();
        if (cpu.isPresent() && (cpu.get() == 0 || cpu.get() >= cpus)) {
            host.problem(
                    owner,
                    "has the workload " + calls.name() + ", whose cpu = " + cpu.get() + " cannot be taken out of use; "
                            + (cpu.get() == 0 ? "pCPU 0 never can" : "the host has " + CpuList.count(cpus)));
        }
    }

    private void problem(WorkloadSpec workload, String owner, String what, TreeSet<String> known, String word) {
        host.problem(
                owner,
                "has the workload " + workload.name() + ", whose " + what + "; known are " + String.join(", ", known)
                        + Suggest.word(word, known));
    }
}
