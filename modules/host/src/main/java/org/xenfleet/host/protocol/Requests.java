package org.xenfleet.host.protocol;

import org.xenfleet.timeline.StateWriter;
import org.xenfleet.xen.operation.RangeRequest;

final class Requests {
    private Requests() {}

    static void write(RangeRequest request, StateWriter out) {
        out.put("readable", request.readable());
        out.put("domid", request.domid());
        out.put("access", request.access());
        out.put("nr", request.nr());
        out.put("first", request.first());
    }
}
