package org.xenfleet.xen.advisory;

import java.util.Locale;

/** Who makes use of a flaw. */
public enum Role {
    GUEST_KERNEL("the guest's kernel"),
    /** A process of dom0 or a domain of its own; what it may do depends on where it runs. */
    DEVICE_MODEL("the device model"),
    /** The device model where it has a domain of its own, and with it hypercalls that a process of dom0 need not have. */
    DEVICE_MODEL_DOMAIN("the device model's domain"),
    /** One that dom0 leaves a part of the host's management to: of the toolstack, of xenstore, or by a policy of Flask. */
    MANAGEMENT_DOMAIN("a domain with a part of the management");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** {@code guest-kernel}, as the catalogue and what assess prints have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people, as a part of a sentence. */
    public String text() {
        return text;
    }
}
