package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.operation.Operation.Lock;
import org.xenfleet.xen.p2m.P2m;

/** Calls that ask about a guest's p2m. Gfns 0 to 0x21ff are mapped but for a hole at 0x1100; 0x1200 is n2rwx. */
class LookUpTest {
    private final P2m p2m = new P2m(0x2200, 4096);

    @BeforeEach
    void makeHole() {
        p2m.unmap(0x1100, 1);
        p2m.rewrite(0x1200, 1, Access.N2RWX);
    }

    private int call(String release, String operation, DomainEntry caller, int domid, long gfn) {
        return Calls.on(release, operation, p2m).returned(caller, new CallRequest(true, domid, 0, 1, gfn));
    }

    /** ESRCH -3, EINVAL -22, ERANGE -34. */
    @ParameterizedTest(name = "gfn {0}")
    @CsvSource({"0x1000, 0", "0x1100, -3", "0x21ff, 0", "0x2200, -22", "-1, 0", "0x1200, -34"})
    void theAccessOfAPageIsToldUnlessItIsAHoleOrHasNoName(String gfn, int errno) {
        assertThat(call("4.4.0", "get_mem_access", Calls.DOM0, 1, Long.decode(gfn)))
                .isEqualTo(errno);
        assertThat(call("4.2.0", "get_mem_access", Calls.STUB, 1, Long.decode(gfn)))
                .isEqualTo(errno);
    }

    @Test
    void readingChangesNothing() {
        call("4.4.0", "get_mem_access", Calls.DOM0, 1, 0x2000);
        call("4.4.0", "get_mem_access", Calls.DOM0, 1, -1);

        assertThat(p2m.accessOf(0x2000)).isEqualTo(Access.RWX.code());
        assertThat(p2m.defaultAccess()).isEqualTo(Access.RWX.code());
        assertThat(p2m.hasTable(0x2000)).isFalse();
    }

    /** Measured: the look-up of 4.1 does not wait for a walk, that of 4.2 to 4.4 does, that of the type never. */
    @Test
    void onlyTheAccessIsReadUnderTheLockAndNotIn41() {
        assertThat(Calls.on("4.1.6.1", "get_mem_access", p2m).operation().lock())
                .isEqualTo(Lock.NONE);
        assertThat(Calls.on("4.2.4", "get_mem_access", p2m).operation().lock()).isEqualTo(Lock.P2M_WRITE);
        assertThat(Calls.on("4.4.1", "get_mem_access", p2m).operation().lock()).isEqualTo(Lock.P2M_WRITE);
        assertThat(Calls.on("4.4.1", "get_mem_type", p2m).operation().lock()).isEqualTo(Lock.NONE);
        assertThat(Calls.on("4.4.1", "maximum_gpfn", p2m).operation().lock()).isEqualTo(Lock.NONE);
    }

    /** As of set_mem_access: the order of privilege and kind of guest changed in 4.3. */
    @ParameterizedTest
    @CsvSource({"4.1.6.1, -1", "4.2.5, -1", "4.3.0, -22", "4.4.4, -22"})
    void aStrangerAskingAboutAPvGuestIsAnsweredByTheLine(String release, int errno) {
        assertThat(call(release, "get_mem_access", Calls.OTHER, 2, 0)).isEqualTo(errno);
    }

    @Test
    void aGuestMayAskForTheTypeOfItsOwnPagesButNotForTheirAccess() {
        assertThat(call("4.4.0", "get_mem_type", Calls.GUEST, 1, 0x1000)).isZero();
        assertThat(call("4.4.0", "get_mem_type", Calls.GUEST, 1, 0x1100)).isZero();
        assertThat(call("4.4.0", "get_mem_access", Calls.GUEST, 1, 0x1000)).isEqualTo(-1);
        assertThat(call("4.4.0", "get_mem_type", Calls.OTHER, 1, 0x1000)).isEqualTo(-1);
    }

    @Test
    void theHighestGfnNeverComesDown() {
        p2m.map(0x5000, 1);
        p2m.unmap(0x5000, 1);

        assertThat(call("4.17.7", "maximum_gpfn", Calls.DOM0, 1, 0)).isEqualTo(0x5000);
        assertThat(call("4.17.7", "maximum_gpfn", Calls.OTHER, 1, 0)).isEqualTo(-1);
        assertThat(call("4.17.7", "maximum_gpfn", Calls.DOM0, 9, 0)).isEqualTo(-3);
    }
}
