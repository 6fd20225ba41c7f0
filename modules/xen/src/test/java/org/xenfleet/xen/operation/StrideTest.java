package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.operation.Operation.Cadence;
import org.xenfleet.xen.p2m.P2m;
import org.xenfleet.xen.p2m.RangeWalk;

/** Pages from one slice to the next while a softirq is always pending, by xen-semantics 1.5, 1.6 and 9, statement 3. */
class StrideTest {
    private final P2m p2m = new P2m(2048, 100);
    private final List<CallRequest> entries = new ArrayList<>();

    private List<Long> slices(String release, String operation, long nr) {
        Calls calls = Calls.on(release, operation, p2m);
        Cadence cadence = calls.cadence();
        List<Long> slices = new ArrayList<>();
        CallRequest request = new CallRequest(true, 5, Access.R.code(), nr, 100);
        while (true) {
            entries.add(request);
            RangeWalk walk = RangeWalk.start(calls.work(request), Costs.DEFAULT, 0, 0);
            long pages = cadence.isPreemptible()
                    ? walk.stopAfter(0, cadence.every(), cadence.beforeFirst())
                    : walk.work().pages();
            calls.change(request, pages);
            slices.add(pages);
            if (pages == walk.work().pages()) {
                return slices;
            }
            request = cadence.progress().advance(request, pages);
        }
    }

    private void assertPagesChanged(long first, long end) {
        for (long gfn = first; gfn < end; gfn++) {
            assertThat(p2m.accessOf(gfn)).isEqualTo(Access.R.code());
        }
        assertThat(p2m.accessOf(first - 1)).isEqualTo(Access.RWX.code());
        assertThat(p2m.accessOf(end)).isEqualTo(Access.RWX.code());
    }

    @ParameterizedTest
    @CsvSource({"4.1.6.1", "4.2.4", "4.3.2", "4.4.0"})
    void aVulnerableCallIsOneSlice(String release) {
        assertThat(slices(release, "set_mem_access", 1000)).containsExactly(1000L);
        assertPagesChanged(100, 1100);
    }

    @ParameterizedTest
    @CsvSource({"4.2.5", "4.3.3", "4.4.1", "4.5-unstable@8bad6c5626"})
    void theFirstFixesDoOnePageASlice(String release) {
        assertThat(slices(release, "set_mem_access", 1000)).isEqualTo(Collections.nCopies(1000, 1L));
        assertPagesChanged(100, 1100);
    }

    /** 1,000 = 3 * 256 + 232. */
    @Test
    void theSecondFixOfMasterDoes256() {
        assertThat(slices("4.5-unstable@e8b87b57b4", "set_mem_access", 1000)).containsExactly(256L, 256L, 256L, 232L);
        assertPagesChanged(100, 1100);
    }

    /** 200 = 3 * 64 + 8. */
    @ParameterizedTest
    @CsvSource({"4.5.0", "4.6.0", "4.8.0", "4.17.7"})
    void accessOpDoes64(String release) {
        assertThat(slices(release, "access_op", 200)).containsExactly(64L, 64L, 64L, 8L);
        assertPagesChanged(100, 300);
    }

    /** No test after the last page: a multiple of the stride ends with the stride, not with an empty slice. */
    @Test
    void nothingComesAfterTheLastPage() {
        assertThat(slices("4.5-unstable@e8b87b57b4", "set_mem_access", 512)).containsExactly(256L, 256L);
        assertThat(slices("4.5.0", "access_op", 64)).containsExactly(64L);
        assertThat(slices("4.4.1", "set_mem_access", 2)).containsExactly(1L, 1L);
    }

    /** After 512 of 1,000 pages. */
    @Test
    void onlyTheReleasedFixWritesIntoTheCallersStruct() {
        slices("4.4.1", "set_mem_access", 1000);
        assertThat(entries.get(512)).isEqualTo(new CallRequest(true, 5, 1, 488, 612));
        entries.clear();
        slices("4.5-unstable@8bad6c5626", "set_mem_access", 1000);
        assertThat(entries.get(512)).isEqualTo(new CallRequest(true, 5, 1 + (512 << 16), 1000, 100));
        entries.clear();
        slices("4.5-unstable@e8b87b57b4", "set_mem_access", 1000);
        assertThat(entries.get(2)).isEqualTo(new CallRequest(true, 5, 1 + (512 << 16), 1000, 100));
        entries.clear();
        slices("4.5.0", "access_op", 1000);
        assertThat(entries.get(8)).isEqualTo(new CallRequest(true, 5, 1 + (512 << 16), 1000, 100));
        assertThat(entries.get(8).next()).isEqualTo(612);
    }

    /** 2^32 - 1 pages, all but one done: the largest number there is room for. */
    @Test
    void theRegistersHaveRoomForAllPagesOfACall() {
        CallRequest whole = new CallRequest(true, 5, 7, 0xFFFF_FFFFL, 0);

        CallRequest late = Progress.OP_FROM_BIT_32.advance(whole, 0xFFFF_FFFEL);

        assertThat(Progress.OP_FROM_BIT_32.left(late)).isEqualTo(1);
        assertThat(late.accessCode()).isEqualTo(7);
    }

    @Test
    void whatIsNoMultipleOfTheStrideCannotBeKept() {
        CallRequest request = new CallRequest(true, 5, 7, 1000, 0);

        assertThatThrownBy(() -> Progress.OP_FROM_BIT_8.advance(request, 255))
                .hasMessage("OP_FROM_BIT_8 cannot keep 255 iterations, which are no multiple of 256");
        assertThatThrownBy(() -> Progress.COMMAND_FROM_BIT_6.advance(request, 100))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Progress.COMMAND_FROM_BIT_6.advance(request, 128).carried()).isEqualTo(128);
    }

    /** The struct is read anew by every entry: a caller that shortens it meanwhile gets EINVAL. */
    @ParameterizedTest
    @CsvSource({"256, 0", "255, -22", "0, -22"})
    void aRangeShorterThanWhatIsDoneIsRefused(long nr, int errno) {
        CallRequest shortened = new CallRequest(true, 5, 1 + (256 << 16), nr, 100);

        assertThat(Calls.on("4.5-unstable@e8b87b57b4", "set_mem_access", p2m).returned(Calls.DOM0, shortened))
                .isEqualTo(errno);
        assertThat(Calls.on("4.5.0", "access_op", p2m).returned(Calls.DOM0, shortened))
                .isEqualTo(errno);
    }
}
