package org.xenfleet.assess;

import java.util.List;
import org.xenfleet.xlcfg.GuestType;

/**
 * What a guest, where its device model runs and whose software that is say about XSA-89 on a vulnerable hypervisor.
 * Stateless. Source: the advisory, read as the matrix of advisories.md reads it.
 */
final class GuestRule {
    private static final String ONLY_PV = "Run only PV guests on the host.";
    private static final String STAY =
            "Do not move the device model to an unrestricted process of dom0: the advisory says that"
                    + " the security is still better as it is.";
    private static final String UNRESTRICTED =
            "Not applicable does not mean safe: the security is worse than with a stub domain"
                    + " or a restricted process, and the advisory tells users not to switch to this.";
    private static final String MOVED =
            "The security is WORSE than with the stub domain that the guest's file asks for: the"
                    + " advisory tells users not to switch from there to an unrestricted process of dom0.";

    /** Why nobody asks what the device model could do. */
    static final String TRUSTED =
            "The device model is an unrestricted process of dom0, which can disturb the whole host anyway.";

    private static final String SO_FAR = ", as far as its guests could be read.";

    private GuestRule() {}

    /** Of an HVM guest, the domain or process of its device model. */
    static Finding ofDeviceModel(GuestFacts guest, XenFacts xen) {
        return switch (guest.placement()) {
            case DOM0 ->
                new Finding(
                        Verdict.NOT_APPLICABLE,
                        TRUSTED,
                        Basis.ADVISORY,
                        SecondFlaw.MEANINGLESS,
                        "",
                        guest.deviceModel().movedFromStub() ? MOVED : UNRESTRICTED);
            case DOM0_RESTRICTED ->
                vulnerable(
                        xen,
                        "The device model is a process of dom0 whose privileges are limited; once it is taken over by way of"
                                + " another flaw, that limit does not keep it from tying up a physical CPU.");
            case STUBDOM ->
                guest.deviceModel().tenantImage()
                        ? direct()
                        : vulnerable(
                                xen,
                                "The device model runs in a stub domain, which isolates less than intended: once it is taken"
                                        + " over by way of another flaw, it can tie up a physical CPU from there.");
            case SERVICE_DOMAIN -> guest.deviceModel().tenantImage() ? direct() : approved();
            case NONE -> throw new IllegalArgumentException(guest.name() + " has no device model");
        };
    }

    private static Finding vulnerable(XenFacts xen, String reason) {
        boolean narrow = xen.bits() == 32;
        return new Finding(
                Verdict.VULNERABLE,
                narrow
                        ? reason
                                + " That only 64 bits are vulnerable is said of 4.2; Xen 4.1 has the call in both widths."
                        : reason,
                narrow ? Basis.BOTH : Basis.ADVISORY,
                SecondFlaw.NEEDED,
                ONLY_PV,
                STAY);
    }

    private static Finding direct() {
        return new Finding(
                Verdict.VULNERABLE,
                "The domain of the device model is privileged over the guest, and somebody else than the host's"
                        + " administrator may supply its software: whoever does can make the call directly.",
                Basis.ADVISORY,
                SecondFlaw.NOT_NEEDED,
                "Allow only images that the administrator of the host approved, or run only PV guests on the host.",
                STAY);
    }

    /** Approval keeps out who would attack directly, and nobody else: ambiguity A9 of advisories.md. */
    private static Finding approved() {
        return new Finding(
                Verdict.MITIGATED,
                "Only software that the host's administrator approved runs in the domain that is privileged over the guest."
                        + " That keeps out who would make the call directly; a device model that is taken over by way of"
                        + " another flaw could still make it.",
                Basis.ADVISORY,
                SecondFlaw.NEEDED,
                "In force: only approved images.",
                STAY);
    }

    /** Of a guest without a device model. */
    static Finding without(GuestFacts guest, HostFacts host) {
        if (guest.type() == GuestType.PVH) {
            return Finding.harmless(
                    Verdict.NOT_EXPOSED,
                    Basis.CODE,
                    "To set_mem_access a PVH guest is no HVM guest: the call on it returns EINVAL. Of PVH the advisory says"
                            + " nothing.");
        }
        if (host.guests().stream().anyMatch(g -> g.type() != GuestType.PV)) {
            return Finding.harmless(
                    Verdict.NOT_EXPOSED,
                    Basis.CODE,
                    "The call on a PV guest returns EINVAL, and no other guest of the host is vulnerable"
                            + (host.complete() ? "." : SO_FAR));
        }
        return Finding.harmless(
                        Verdict.NOT_EXPOSED,
                        Basis.ADVISORY,
                        "Only PV guests run on the host" + (host.complete() ? "." : SO_FAR))
                .withMitigation("In force: only PV guests.");
    }

    /**
     * Of a PV guest beside vulnerable ones: that only PV guests help is said of whole hosts.
     *
     * @param exposing the vulnerable ones, at least one
     */
    static Finding exposedBy(List<Assessment> exposing) {
        boolean direct = exposing.stream().anyMatch(a -> a.finding().secondFlaw() == SecondFlaw.NOT_NEEDED);
        return new Finding(
                Verdict.VULNERABLE,
                "The guest is PV, but it is not true that only PV guests run on its host: the host is exposed by "
                        + first(exposing) + ".",
                Basis.ADVISORY,
                direct ? SecondFlaw.NOT_NEEDED : SecondFlaw.NEEDED,
                ONLY_PV,
                "");
    }

    /** Of the guest itself, should it make the call. */
    static Finding ofItself() {
        return Finding.harmless(
                Verdict.NOT_EXPOSED,
                Basis.CODE,
                "The call must be on another domain; a guest that makes it gets EPERM.");
    }

    /** Of a guest that works for others, or makes calls on them. */
    static Finding ofUnprivileged(GuestFacts caller) {
        return Finding.harmless(
                Verdict.NOT_EXPOSED,
                Basis.BOTH,
                caller.name() + (caller.driverDomain() ? ", a driver domain," : "")
                        + " has no privilege over other guests: its call on one returns EPERM.");
    }

    private static String first(List<Assessment> exposing) {
        String name = exposing.get(0).guest().name();
        int more = exposing.size() - 1;
        return more == 0 ? name : name + " and " + more + (more == 1 ? " other" : " others");
    }
}
