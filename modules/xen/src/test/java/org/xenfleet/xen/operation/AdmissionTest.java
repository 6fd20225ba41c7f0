package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.operation.Admission.Verdict;
import org.xenfleet.xen.operation.Operation.Cadence;
import org.xenfleet.xen.p2m.P2m;

/**
 * The return values of the real Xen 4.4.0 and 4.4.1, case by case (boots errs and pool of the measurements): the target
 * has gfns 0 to 0x21ff mapped, so that 0x21ff is the highest gfn.
 */
class AdmissionTest {
    private static final long MAX = 0x21ff;
    private static final long ALL_ONES = -1L;
    private static final int EPERM = -1;
    private static final int ESRCH = -3;
    private static final int EFAULT = -14;
    private static final int EINVAL = -22;
    private static final int WALKS = 1;

    private static final Operation SET_MEM_ACCESS =
            OperationCatalogue.shipped().find("set_mem_access").orElseThrow();

    private static final DomainEntry DOM0 = new DomainEntry(0, "Domain-0", true, false, true, -1);
    private static final DomainEntry GUEST = new DomainEntry(1, "guest", false, true, false, -1);
    private static final DomainEntry PV = new DomainEntry(2, "pv", true, false, false, -1);
    private static final DomainEntry STUB = new DomainEntry(3, "guest-dm", true, false, false, 1);
    private static final DomainEntry OTHER_HVM = new DomainEntry(4, "other", false, true, false, -1);
    private static final Map<Integer, DomainEntry> TABLE = Map.of(0, DOM0, 1, GUEST, 2, PV, 3, STUB, 4, OTHER_HVM);

    /** 0 when the call is done at once, an errno, or WALKS when it goes on to the pages. */
    private static int call(DomainEntry caller, CallRequest request) {
        int errno = Admission.atEntry(SET_MEM_ACCESS, request, caller, TABLE::get, XenVersion.V4_4_0);
        if (errno != 0) {
            return errno;
        }
        P2m p2m = new P2m(MAX + 1, 4096);
        Verdict verdict = Admission.atTarget(SET_MEM_ACCESS, request, p2m);
        return switch (verdict) {
            case INVALID -> EINVAL;
            case DONE -> 0;
            case WALK -> WALKS;
        };
    }

    static Stream<Arguments> rangesAndCodes() {
        return Stream.of(
                arguments("nr = 0 from 0", 0x0L, 0L, 1, EINVAL),
                arguments("nr = 0 from 0x1000", 0x1000L, 0L, 1, EINVAL),
                arguments("one page", 0x1000L, 1L, 1, WALKS),
                arguments("last = max", MAX, 1L, 1, WALKS),
                arguments("last = max, two pages", MAX - 1, 2L, 1, WALKS),
                arguments("last = max + 1", MAX, 2L, 1, EINVAL),
                arguments("first = max + 1", MAX + 1, 1L, 1, EINVAL),
                arguments("nr = 2^32 - 1", 0L, 0xFFFF_FFFFL, 1, EINVAL),
                arguments("wrap", -2L, 4L, 1, EINVAL),
                arguments("default, nr = 0", ALL_ONES, 0L, 1, 0),
                arguments("default, nr = 9", ALL_ONES, 9L, 7, 0),
                arguments("default, code 9", ALL_ONES, 0L, 9, 0),
                arguments("default, code 10", ALL_ONES, 0L, 10, EINVAL),
                arguments("default, code 11", ALL_ONES, 0L, 11, EINVAL),
                arguments("code 0", 0x1000L, 1L, 0, WALKS),
                arguments("code 9", 0x1000L, 1L, 9, WALKS),
                arguments("code 10", 0x1000L, 1L, 10, EINVAL),
                arguments("code 12", 0x1000L, 1L, 12, EINVAL),
                arguments("code 65535", 0x1000L, 1L, 65535, EINVAL),
                arguments("code 99 and above max", MAX + 1, 1L, 99, EINVAL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rangesAndCodes")
    void rangesAndAccessCodesAreAnsweredAsByRealXen(String name, long first, long nr, int code, int expected) {
        assertThat(call(DOM0, new CallRequest(true, 1, code, nr, first))).isEqualTo(expected);
    }

    static Stream<Arguments> callersAndTargets() {
        return Stream.of(
                arguments("dom0 on an HVM guest", DOM0, 1, WALKS),
                arguments("dom0 on itself", DOM0, 0, EPERM),
                arguments("dom0 on a PV domain", DOM0, 2, EINVAL),
                arguments("the stub of the guest", STUB, 1, WALKS),
                arguments("the stub on another HVM guest", STUB, 4, EPERM),
                arguments("the stub on a PV domain", STUB, 2, EINVAL),
                arguments("the guest on itself", GUEST, 1, EPERM),
                arguments("another guest", OTHER_HVM, 1, EPERM),
                arguments("another guest on a PV domain: not HVM comes before the privilege", OTHER_HVM, 2, EINVAL),
                arguments("DOMID_SELF is not resolved", DOM0, 32752, ESRCH),
                arguments("DOMID_XEN", DOM0, 32754, ESRCH),
                arguments("unknown", DOM0, 99, ESRCH),
                arguments("an unprivileged caller sees no such domain first", OTHER_HVM, 99, ESRCH));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callersAndTargets")
    void callersAndTargetsAreAnsweredAsByRealXen(String name, DomainEntry caller, int domid, int expected) {
        assertThat(call(caller, new CallRequest(true, domid, 1, 1, 0x1000))).isEqualTo(expected);
    }

    @Test
    void anUnreadableStructFailsBeforeAnythingElse() {
        assertThat(call(DOM0, new CallRequest(false, 99, 99, 0, 0))).isEqualTo(EFAULT);
    }

    @Test
    void theDefaultAccessIsSetWithoutTouchingAPage() {
        P2m p2m = new P2m(MAX + 1, 4096);

        Admission.atTarget(SET_MEM_ACCESS, new CallRequest(true, 1, 4, 77, ALL_ONES), p2m);

        assertThat(p2m.defaultAccess()).isEqualTo(4);
        assertThat(p2m.accessOf(0)).isEqualTo(7);
    }

    @Test
    void theCatalogueSaysWhatTheFixChangesAndNothingElse() {
        Cadence vulnerable = SET_MEM_ACCESS.cadence(XenVersion.V4_4_0, fix -> false);
        Cadence fixed = SET_MEM_ACCESS.cadence(XenVersion.V4_4_0, "xsa-89"::equals);

        assertThat(vulnerable.isPreemptible()).isFalse();
        assertThat(fixed).isEqualTo(new Cadence(1, false, Progress.CALLER_STRUCT));
    }
}
