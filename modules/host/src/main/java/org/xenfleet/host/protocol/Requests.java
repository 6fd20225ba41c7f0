package org.xenfleet.host.protocol;

import org.xenfleet.timeline.StateWriter;
import org.xenfleet.xen.operation.CallRequest;

final class Requests {
    private Requests() {}

    static void write(CallRequest request, StateWriter out) {
        out.put("readable", request.readable());
        out.put("domid", request.domid());
        out.put("code", request.code());
        out.put("nr", request.nr());
        out.put("first", request.first());
    }
}
