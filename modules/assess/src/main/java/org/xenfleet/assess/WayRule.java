package org.xenfleet.assess;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.xen.advisory.Advisory;
import org.xenfleet.xen.advisory.Need;
import org.xenfleet.xen.advisory.Way;

/** What one way to use a flaw says of a guest on a hypervisor that has the flaw. Stateless. */
final class WayRule {
    private static final String NONE_KNOWN = "None is known.";
    private static final String NOT_READ = "Not established: the advisory itself was not read.";

    private static final String RESTRICTED = " The device model is a process of dom0 whose privileges are limited";

    private WayRule() {}

    static Finding judge(Advisory advisory, Way way, GuestFacts guest, HostFacts host) {
        Basis basis = StandingRule.basis(advisory);
        List<String> remarks = new ArrayList<>();
        boolean unknown = false;
        for (Need need : way.needs()) {
            Answer answer = NeedRule.ask(need, guest, host);
            if (answer.truth() == Answer.Truth.NO) {
                return Finding.harmless(
                        Verdict.NOT_EXPOSED, basis, "This needs " + need.text() + ": " + answer.text() + ".");
            }
            unknown |= answer.truth() == Answer.Truth.UNKNOWN;
            if (!answer.text().isEmpty()) {
                remarks.add(answer.text());
            }
        }
        String reason = way.text() + (remarks.isEmpty() ? "" : " " + String.join(" ", remarks));
        Finding finding =
                unknown ? Finding.harmless(Verdict.NOT_ESTABLISHED, basis, reason) : ofRole(way, guest, basis, reason);
        return finding.verdict().isHarmless() ? finding : finding.withMitigation(mitigation(advisory));
    }

    private static Finding ofRole(Way way, GuestFacts guest, Basis basis, String reason) {
        return switch (way.role()) {
            case GUEST_KERNEL -> vulnerable(basis, reason, SecondFlaw.NOT_NEEDED);
            case DEVICE_MODEL -> ofDeviceModel(guest, basis, reason, false);
            case DEVICE_MODEL_DOMAIN -> ofDeviceModel(guest, basis, reason, true);
            case MANAGEMENT_DOMAIN -> vulnerable(basis, reason, SecondFlaw.MEANINGLESS);
        };
    }

    /** @param domain whether a process of dom0 would need hypercalls that its restriction may not leave it */
    private static Finding ofDeviceModel(GuestFacts guest, Basis basis, String reason, boolean domain) {
        return switch (guest.placement()) {
            case NONE -> Finding.harmless(Verdict.NOT_EXPOSED, basis, "The guest has no device model.");
            case DOM0 -> Finding.harmless(Verdict.NOT_APPLICABLE, basis, GuestRule.TRUSTED);
            case DOM0_RESTRICTED ->
                domain
                        ? Finding.harmless(
                                Verdict.NOT_ESTABLISHED,
                                basis,
                                reason + RESTRICTED + "; whether they are enough for that is not known.")
                        : vulnerable(
                                basis, reason + RESTRICTED + ", and should not be able to do that.", SecondFlaw.NEEDED);
            case STUBDOM, SERVICE_DOMAIN ->
                guest.deviceModel().tenantImage()
                        ? vulnerable(
                                basis,
                                reason
                                        + " Somebody else than the host's administrator may supply its software, and so do that directly.",
                                SecondFlaw.NOT_NEEDED)
                        : vulnerable(
                                basis,
                                reason
                                        + " The device model has a domain of its own, from where it should not be able to do that.",
                                SecondFlaw.NEEDED);
        };
    }

    private static Finding vulnerable(Basis basis, String reason, SecondFlaw secondFlaw) {
        return new Finding(Verdict.VULNERABLE, reason, basis, secondFlaw, "", "");
    }

    private static String mitigation(Advisory advisory) {
        return advisory.mitigations()
                .map(known -> known.isEmpty() ? NONE_KNOWN : String.join(" ", known))
                .orElse(NOT_READ);
    }
}
