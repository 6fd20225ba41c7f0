package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenfleet.xen.operation.Calls.DOM0;
import static org.xenfleet.xen.operation.Calls.GUEST;
import static org.xenfleet.xen.operation.Calls.LISTENED_STUB;
import static org.xenfleet.xen.operation.Calls.OTHER;
import static org.xenfleet.xen.operation.Calls.STUB;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.p2m.P2m;

/**
 * What setting the access of pages returns from one release to the next, by the tables of xen-semantics 1.3, 1.4, 1.6 and 3.1,
 * which the measured errnos bear out (see {@link MeasuredErrnoTest}). All guests have gfns 0 to 0x21ff.
 */
class ReleasesTest {
    private static final long MAX = 0x21ff;
    private static final long ALL_ONES = -1L;

    private final P2m p2m = new P2m(MAX + 1, 4096);

    private static DomainEntry caller(String name) {
        return switch (name) {
            case "dom0" -> DOM0;
            case "guest" -> GUEST;
            case "stub" -> STUB;
            case "listened-stub" -> LISTENED_STUB;
            default -> OTHER;
        };
    }

    private int setMemAccess(String release, DomainEntry caller, int domid, int code, long first, long nr) {
        return Calls.on(release, "set_mem_access", p2m).returned(caller, new CallRequest(true, domid, code, nr, first));
    }

    private int accessOp(String release, DomainEntry caller, int domid, int code, long first, long nr) {
        return Calls.on(release, "access_op", p2m).returned(caller, new CallRequest(true, domid, code, nr, first));
    }

    /** Target 1 is HVM, 2 is PV, 6 is being destroyed, 9 is nobody. EPERM -1, ESRCH -3, EINVAL -22. */
    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "dom0,  1,   0,   0,   0,   0,   0",
        "stub,  1,   0,   0,   0,   0,   0",
        "guest, 1,  -1,  -1,  -1,  -1,  -1",
        "other, 1,  -1,  -1,  -1,  -1,  -1",
        "dom0,  2, -22, -22, -22, -22, -22",
        "other, 2,  -1,  -1, -22, -22, -22",
        "stub,  2,  -1,  -1, -22, -22, -22",
        "dom0,  0,  -1,  -1,  -1,  -1,  -1",
        "other, 9,  -3,  -3,  -3,  -3,  -3",
        "dom0,  6,   0,   0,   0,   0,   0"
    })
    void unprivilegedCallersGetEpermBeforeEinvalUpTo42AndAfterItFrom43(
            String caller, int domid, int v41, int v42, int v43, int v44, int master) {
        assertThat(new int[] {
                    setMemAccess("4.1.6.1", caller(caller), domid, 1, 0, 1),
                    setMemAccess("4.2.4", caller(caller), domid, 1, 0, 1),
                    setMemAccess("4.3.2", caller(caller), domid, 1, 0, 1),
                    setMemAccess("4.4.4", caller(caller), domid, 1, 0, 1),
                    setMemAccess("4.5-unstable@e8b87b57b4", caller(caller), domid, 1, 0, 1)
                })
                .containsExactly(v41, v42, v43, v44, master);
    }

    /** The first code that is none is 10 everywhere; what 9 and 10 are in the header differs. */
    @ParameterizedTest(name = "code {0}")
    @CsvSource({"0, 0, 0, 0, 0", "8, 0, 0, 0, 0", "9, 0, 0, 0, 0", "10, -22, -22, -22, 0", "11, -22, -22, -22, -22"})
    void theCodesThatAreAccepted(int code, int v41, int v42, int v44, int v45) {
        assertThat(setMemAccess("4.1.0", DOM0, 1, code, 0, 1)).isEqualTo(v41);
        assertThat(setMemAccess("4.1.6.1", DOM0, 1, code, 0, 1)).isEqualTo(v41);
        assertThat(setMemAccess("4.2.0", DOM0, 1, code, 0, 1)).isEqualTo(v42);
        assertThat(setMemAccess("4.4.1", DOM0, 1, code, 0, 1)).isEqualTo(v44);
        assertThat(setMemAccess("4.5-unstable@8bad6c5626", DOM0, 1, code, 0, 1)).isEqualTo(v44);
        assertThat(accessOp("4.5.0", DOM0, 5, code, 0, 1)).isEqualTo(v45);
        assertThat(accessOp("4.17.7", DOM0, 5, code, 0, 1)).isEqualTo(v45);
    }

    /** Code 9 is the default access in 4.1 and n2rwx from 4.2 on; 10 is the default from 4.5 on. */
    @Test
    void theDefaultAccessIsCode9In41AndCode10From45On() {
        setMemAccess("4.1.6.1", DOM0, 1, 4, ALL_ONES, 0);
        setMemAccess("4.1.6.1", DOM0, 1, 9, 0, 1);
        setMemAccess("4.4.1", DOM0, 1, 9, 1, 1);
        accessOp("4.6.0", DOM0, 5, 10, 2, 1);

        assertThat(p2m.accessOf(0)).isEqualTo(Access.X.code());
        assertThat(p2m.accessOf(1)).isEqualTo(Access.N2RWX.code());
        assertThat(p2m.accessOf(2)).isEqualTo(Access.X.code());
        assertThat(p2m.accessOf(3)).isEqualTo(Access.RWX.code());
    }

    /** Measured on 4.1.6.1: the default stays 4 when it is set to code 9 after it was set to 4. */
    @Test
    void theDefaultSetToItselfStays() {
        setMemAccess("4.1.6.1", DOM0, 1, 4, ALL_ONES, 0);

        assertThat(setMemAccess("4.1.6.1", DOM0, 1, 9, ALL_ONES, 77)).isZero();
        assertThat(p2m.defaultAccess()).isEqualTo(4);
    }

    /** XSA-28, fixed in 4.1.4: the code is checked after the default is set. */
    @Test
    void theFirstReleasesOf41CheckTheCodeTooLate() {
        assertThat(setMemAccess("4.1.3", DOM0, 1, 11, ALL_ONES, 0)).isZero();
        assertThat(setMemAccess("4.1.4", DOM0, 1, 11, ALL_ONES, 0)).isEqualTo(-22);
        assertThat(p2m.defaultAccess()).isEqualTo(Access.RWX.code());
    }

    @ParameterizedTest(name = "first {0}, nr {1}")
    @CsvSource({
        "0, 0, -22",
        "5, 0, -22",
        "0x21ff, 1, 0",
        "0x21fe, 2, 0",
        "0x21ff, 2, -22",
        "0x2200, 1, -22",
        "0, 4294967295, -22",
        "-2, 4, -22",
        "-1, 0, 0",
        "-1, 9, 0"
    })
    void theRangeIsTheSameInAllOfThem(String first, long nr, int errno) {
        long pfn = Long.decode(first);
        for (String release : new String[] {"4.1.0", "4.1.6.1", "4.2.5", "4.3.0", "4.4.0", "4.5-unstable@8bad6c5626"}) {
            assertThat(setMemAccess(release, DOM0, 1, 1, pfn, nr)).as(release).isEqualTo(errno);
        }
        for (String release : new String[] {"4.5.0", "4.6.0", "4.12.0"}) {
            assertThat(accessOp(release, DOM0, 5, 1, pfn, nr)).as(release).isEqualTo(errno);
        }
    }

    /** 5 has a listener, 1 has none, 6 has one and is being destroyed. ENODEV -19. */
    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "dom0, 5, 0",
        "listened-stub, 5, 0",
        "dom0, 1, -19",
        "stub, 1, -19",
        "stub, 5, -1",
        "guest, 1, -1",
        "dom0, 2, -22",
        "other, 2, -22",
        "dom0, 6, -22",
        "other, 6, -22",
        "other, 1, -1",
        "dom0, 0, -1",
        "dom0, 9, -3",
        "dom0, 32752, -3"
    })
    void accessOpAsksForALivingHvmGuestPrivilegeAndAListenerInThisOrder(String caller, int domid, int errno) {
        for (String release : new String[] {"4.5.0", "4.5.5", "4.7.0", "4.17.7"}) {
            assertThat(accessOp(release, caller(caller), domid, 1, 0, 1))
                    .as(release)
                    .isEqualTo(errno);
        }
    }

    @Test
    void anUnreadableStructFailsFirst() {
        CallRequest unreadable = new CallRequest(false, 99, 99, 0, 0);

        assertThat(Calls.on("4.1.0", "set_mem_access", p2m).returned(OTHER, unreadable))
                .isEqualTo(-14);
        assertThat(Calls.on("4.5.0", "access_op", p2m).returned(OTHER, unreadable))
                .isEqualTo(-14);
    }

    /** Each has what the other has not, and the releases meet at 4.5.0. */
    @Test
    void setMemAccessIsGoneWhereAccessOpBegins() {
        assertThat(setMemAccess("4.5-unstable@e8b87b57b4", DOM0, 1, 1, 0, 1)).isZero();
        assertThat(accessOp("4.5-unstable@e8b87b57b4", DOM0, 5, 1, 0, 1)).isEqualTo(-38);
        assertThat(setMemAccess("4.5.0", DOM0, 1, 1, 0, 1)).isEqualTo(-38);
        assertThat(accessOp("4.5.0", DOM0, 5, 1, 0, 1)).isZero();
    }

    /** The worker of the 32-bit build is EINVAL, whatever it is asked; the checks before it are there. */
    @ParameterizedTest(name = "{0} on {1}, first {2}")
    @CsvSource({"dom0, 1, 0, -22", "dom0, 1, -1, -22", "dom0, 9, 0, -3", "other, 1, 0, -1", "dom0, 0, 0, -1"})
    void a32BitBuildOf42DoesNotWalk(String caller, int domid, long first, int errno) {
        CallRequest request = new CallRequest(true, domid, 1, 1, first);

        assertThat(new Calls("set_mem_access", "4.2.4", 32, p2m).returned(caller(caller), request))
                .isEqualTo(errno);
    }

    @Test
    void a32BitBuildOf41Walks() {
        CallRequest request = new CallRequest(true, 1, 1, 1, 0);

        assertThat(new Calls("set_mem_access", "4.1.6.1", 32, p2m).returned(DOM0, request))
                .isZero();
        assertThat(p2m.accessOf(0)).isEqualTo(1);
    }

    /**
     * 1,024 pages in two superpages and two tables above them; a pool of 5 pages has room for two tables below, and the third is
     * a hole's. EINVAL -22, ENOMEM -12, ENOENT -2.
     */
    @ParameterizedTest
    @CsvSource({
        "set_mem_access, 4.1.6.1, 1, -22",
        "set_mem_access, 4.2.4, 1, -12",
        "set_mem_access, 4.3.3, 1, -12",
        "set_mem_access, 4.4.0, 1, -12",
        "set_mem_access, 4.4.1, 1, -12",
        "set_mem_access, 4.5-unstable@e8b87b57b4, 1, -12",
        "access_op, 4.5.0, 5, -2",
        "access_op, 4.12.0, 5, -2"
    })
    void anEmptyPoolEndsTheCallInAHoleWithTheErrnoOfTheRelease(String call, String release, int domid, int errno) {
        P2m withHole = new P2m(1024, 6);
        withHole.map(2048, 1);

        int returned = Calls.on(release, call, withHole).returned(DOM0, new CallRequest(true, domid, 1, 2000, 0));

        assertThat(withHole.poolFree()).isZero();
        assertThat(returned).isEqualTo(errno);
        assertThat(withHole.accessOf(1023)).isEqualTo(1);
    }

    /** The same with room for one table: the second superpage is not split, and stays as it is. */
    @ParameterizedTest
    @CsvSource({
        "set_mem_access, 4.1.6.1, 1, -22",
        "set_mem_access, 4.4.0, 1, -12",
        "access_op, 4.5.0, 5, -12",
        "access_op, 4.12.0, 5, -12"
    })
    void anEmptyPoolEndsTheCallAtASuperpageWithTheErrnoOfTheRelease(String call, String release, int domid, int errno) {
        P2m small = new P2m(1024, 4);

        int returned = Calls.on(release, call, small).returned(DOM0, new CallRequest(true, domid, 1, 1024, 0));

        assertThat(returned).isEqualTo(errno);
        assertThat(small.accessOf(511)).isEqualTo(1);
        assertThat(small.accessOf(512)).isEqualTo(Access.RWX.code());
        assertThat(small.hasTable(512)).isFalse();
    }
}
