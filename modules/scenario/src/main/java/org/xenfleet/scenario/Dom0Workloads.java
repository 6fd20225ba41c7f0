package org.xenfleet.scenario;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which workloads the vCPUs of dom0 can have together: calls on vCPUs of their own, one back-end, one for the rest. */
final class Dom0Workloads {
    private Dom0Workloads() {}

    /** Reports what cannot be. */
    static void check(Section dom0, List<WorkloadSpec> named, int vcpus) {
        Map<Integer, String> callers = new TreeMap<>();
        int others = 0;
        int backends = 0;
        for (WorkloadSpec workload : named) {
            if (workload instanceof WorkloadSpec.Hypercalls calls) {
                checkCaller(dom0, calls, vcpus, callers);
            } else if (workload instanceof WorkloadSpec.Backend) {
                backends++;
            } else {
                others++;
            }
            if (workload instanceof WorkloadSpec.EmulatedIo) {
                dom0.problem("workload", "= " + workload.name() + " needs a device model, which dom0 does not have");
            }
        }
        if (backends > 1 || others > 1) {
            dom0.problem(
                    "workload",
                    "names "
                            + (backends > 1
                                    ? "more than one backend"
                                    : "more than one workload for the vCPUs that make no calls")
                            + "; possible are any number of kind hypercalls, one backend, and one other");
        }
    }

    private static void checkCaller(
            Section dom0, WorkloadSpec.Hypercalls calls, int vcpus, Map<Integer, String> callers) {
        if (calls.vcpu() >= vcpus) {
            dom0.problem(
                    "workload",
                    "= " + calls.name() + " makes its calls on vCPU " + calls.vcpu() + ", but dom0 has only " + vcpus
                            + (vcpus == 1 ? " vCPU" : " vCPUs"));
        }
        if (calls.busySiblings()) {
            dom0.problem(
                    "workload",
                    "= " + calls.name()
                            + " has siblings = cpu, which means nothing to dom0; name another workload for its"
                            + " other vCPUs");
        }
        String before = callers.putIfAbsent(calls.vcpu(), calls.name());
        if (before != null) {
            dom0.problem(
                    "workload",
                    "= " + calls.name() + " makes its calls on vCPU " + calls.vcpu() + ", and so does " + before
                            + "; give one of them another vcpu");
        }
    }
}
