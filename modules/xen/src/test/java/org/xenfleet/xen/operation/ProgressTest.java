package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a call's arguments are after 100 of its 1,000 iterations, and after 250 more. Source: xen-semantics 1.5 and 2.2. */
class ProgressTest {
    private static CallRequest twice(Progress progress, CallRequest request) {
        return progress.advance(progress.advance(request, 100), 250);
    }

    /** 1 is XENMEM_decrease_reservation; 100 << 6 is 6,400. */
    @Test
    void aMemoryOpCarriesItsStartExtentAboveTheSixBitsOfItsCommand() {
        CallRequest request = CallRequest.onSelf(1, 1000);

        assertThat(Progress.COMMAND.advance(request, 100)).isEqualTo(new CallRequest(true, 0x7FF0, 6401, 1000, 0));
        CallRequest later = twice(Progress.COMMAND, request);
        assertThat(later.code() & 0x3F).isEqualTo(1);
        assertThat(Progress.COMMAND.done(later)).isEqualTo(350);
        assertThat(Progress.COMMAND.left(later)).isEqualTo(650);
    }

    /** The count that xentrace shows of a continuation: what is left, with bit 31. */
    @Test
    void anMmuUpdateCarriesTheRestOfItsListAndBit31() {
        CallRequest later = twice(Progress.COUNT, CallRequest.onSelf(0, 1000));

        assertThat(later.nr()).isEqualTo(0x8000_0000L + 650);
        assertThat(later.first()).isEqualTo(350);
        assertThat(Progress.COUNT.left(later)).isEqualTo(650);
    }

    @Test
    void aMulticallCarriesTheRestOfItsList() {
        CallRequest later = twice(Progress.LIST, CallRequest.onSelf(5, 1000));

        assertThat(later).isEqualTo(new CallRequest(true, 0x7FF0, 5, 650, 350));
        assertThat(Progress.LIST.left(later)).isEqualTo(650);
    }

    @Test
    void theFixOfXsa89MovesTheRangeInTheCallersStruct() {
        CallRequest later = twice(Progress.CALLER_STRUCT, new CallRequest(true, 1, 4, 1000, 0x2000));

        assertThat(later).isEqualTo(new CallRequest(true, 1, 4, 650, 0x2000 + 350));
    }

    @Test
    void aCallWithoutProgressIsNeverCutOff() {
        assertThatThrownBy(() -> Progress.NONE.advance(CallRequest.onSelf(0, 2), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
