package org.xenfleet.host;

import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.operation.CallRequest;

/** A call that has stages and is under way. Used by one thread. */
final class OpenCall {
    static final int NOWHERE = -1;

    final int cpu;
    final int vcpu;
    final int operation;
    final CallRequest request;
    /** The number of the stage that comes next. */
    int stage;
    /** The locks that it holds, a bit each: 0 that of domctls, then the others in the order of their names. */
    int locks;
    /** The pCPU that works on it as a tasklet, or {@link #NOWHERE}. */
    int taskletCpu = NOWHERE;
    /** Iterations of stages that a tasklet has done. */
    long done;
    /** What it returns when its stages are done. */
    int result;

    OpenCall(int cpu, int vcpu, int operation, CallRequest request) {
        this.cpu = cpu;
        this.vcpu = vcpu;
        this.operation = operation;
        this.request = request;
    }

    boolean isTasklet() {
        return taskletCpu != NOWHERE;
    }

    /** Visits a call, or reads one that is not there yet. */
    static OpenCall visit(Fields f, @Nullable OpenCall call) {
        int cpu = f.at("call-cpu", call == null ? 0 : call.cpu);
        int vcpu = f.at("call-vcpu", call == null ? 0 : call.vcpu);
        int operation = f.at("call-operation", call == null ? 0 : call.operation);
        CallRequest request = (call == null ? CallRequest.NONE : call.request).fields(f);
        OpenCall visited = call != null && !f.reading() ? call : new OpenCall(cpu, vcpu, operation, request);
        visited.stage = f.at("call-stage", visited.stage);
        visited.locks = f.at("call-domctl", visited.locks);
        visited.taskletCpu = f.at("call-tasklet-cpu", visited.taskletCpu);
        visited.done = f.at("call-done", visited.done);
        visited.result = f.at("call-result", visited.result);
        return visited;
    }
}
