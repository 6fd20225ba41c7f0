package org.xenfleet.host;

import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.protocol.HostControl.Boot;
import org.xenfleet.host.protocol.HostControl.UnpauseDomain;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.xen.Fields;

/** xl and libxl: at time 0 all domains are built, and unpaused in the order of their creation. */
final class Toolstack extends HostActor {
    private final HostContext host;
    private boolean booted;

    static HostActor create(HostContext host) {
        return new Toolstack(host);
    }

    private Toolstack(HostContext host) {
        this.host = host;
    }

    private static final ReceiveTable<Toolstack> RECEIVE =
            ReceiveTable.<Toolstack>builder().on(Boot.class, Toolstack::onBoot).build();

    @Override
    protected boolean handle(Message message) {
        return RECEIVE.dispatch(this, message);
    }

    private void onBoot(Boot message) {
        booted = true;
        for (DomainPlan domain : host.plan().domains()) {
            if (!domain.paused()) {
                host.tellHypervisor(new UnpauseDomain(domain.domid()));
            }
        }
    }

    @Override
    void fields(Fields f) {
        booted = f.at("booted", booted);
    }
}
