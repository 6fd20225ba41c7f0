package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenfleet.host.IoService.Request;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.host.workload.Next;
import org.xenfleet.xen.operation.CallRequest;

/** What one vCPU does for the devices behind which it stands; number 16 copies pages of a guest. */
class IoServiceTest {
    private static final int GRANT_COPY = 16;
    private static final Request DISK = new Request(7, 1, 100, 20_000, 8);
    private static final Request REGISTER = new Request(8, 2, 110, 5_000, 0);

    private final IoService service = new IoService(GRANT_COPY);

    private static Next compute(long ns) {
        return new Next.Compute(ns);
    }

    private static Next copies(int domid, long pages) {
        return new Next.Call(GRANT_COPY, new CallRequest(true, domid, 0, pages, 0));
    }

    @Test
    void withoutRequestsItWantsNothing() {
        assertThat(service.next()).isEmpty();
        assertThat(service.isServing()).isFalse();
        assertThat(service.takeServed()).isNull();
    }

    /** 20 us of computing, then one call that copies 8 pages of domain 1. */
    @Test
    void aRequestForABlockIsComputedAndThenCopied() {
        service.offer(DISK);

        assertThat(service.next()).contains(compute(20_000));
        assertThat(service.isServing()).isTrue();
        assertThat(service.takeServed()).as("not copied yet").isNull();
        assertThat(service.next()).contains(copies(1, 8));
        assertThat(service.isServing()).isTrue();
        assertThat(service.takeServed()).isEqualTo(DISK);
        assertThat(service.isServing()).isFalse();
        assertThat(service.next()).isEmpty();
    }

    @Test
    void anAccessToARegisterIsComputedOnly() {
        service.offer(REGISTER);

        assertThat(service.next()).contains(compute(5_000));
        assertThat(service.takeServed()).isEqualTo(REGISTER);
        assertThat(service.takeServed()).isNull();
        assertThat(service.next()).isEmpty();
    }

    @Test
    void requestsAreServedInTheOrderInWhichTheyCame() {
        service.offer(DISK);
        service.offer(REGISTER);
        assertThat(service.open()).containsExactly(DISK, REGISTER);
        service.next();
        service.offer(new Request(9, 3, 90, 1, 0));
        service.takeServed();
        service.next();

        assertThat(service.takeServed()).isEqualTo(DISK);
        assertThat(service.next()).contains(compute(5_000));
        assertThat(service.takeServed()).isEqualTo(REGISTER);
        assertThat(service.next()).contains(compute(1));
    }

    /** A ring holds 32, the one being served included; another vCPU has a ring of its own. */
    @Test
    void aGuestHas32RequestsUnderWayAtMost() {
        for (int i = 0; i < 32; i++) {
            assertThat(service.offer(new Request(8, 2, i, 5_000, 0)))
                    .as("request %d", i)
                    .isTrue();
        }
        service.next();
        assertThat(service.offer(REGISTER)).isFalse();
        assertThat(service.offer(DISK)).isTrue();
        assertThat(service.open()).hasSize(33);

        service.takeServed();
        assertThat(service.offer(REGISTER)).isTrue();
    }

    @Test
    void whatWasInterruptedGoesOnAfterAllRequests() {
        service.offer(DISK);
        service.interrupt(700);
        service.next();
        service.takeServed();
        service.next();
        service.offer(REGISTER);
        service.takeServed();
        assertThat(service.next()).contains(compute(5_000));
        service.takeServed();

        assertThat(service.next()).contains(compute(700));
        assertThat(service.next()).as("once").isEmpty();
    }

    @Test
    void workWithoutEndGoesOnWithoutEndAndWhoWasAboutToAskAsks() {
        service.interrupt(Work.FOREVER);
        assertThat(service.next()).contains(compute(Long.MAX_VALUE));
        service.interrupt(Work.ASK);
        assertThat(service.next()).isEmpty();
    }

    /** Served is one of domain 1; of the others those of domain 1 go. */
    @Test
    void theRequestsOfAGuestThatIsGoneAreForgottenButTheOneBeingServedIsFinished() {
        Request second = new Request(7, 1, 200, 1, 1);
        service.offer(DISK);
        service.offer(REGISTER);
        service.offer(second);
        service.next();
        service.forget(1);

        assertThat(service.open()).containsExactly(DISK, REGISTER);
        service.takeServed();
        assertThat(service.next()).contains(copies(1, 8));
        service.forget(2);
        assertThat(service.open()).containsExactly(DISK);
        assertThat(service.takeServed()).isEqualTo(DISK);
        assertThat(service.next()).isEmpty();
    }

    @Test
    void aRestoredServiceGoesOnAsBefore() {
        service.offer(DISK);
        service.offer(REGISTER);
        service.interrupt(700);
        service.next();
        service.takeServed();
        service.next();
        IoService restored = new IoService(GRANT_COPY);
        restored.offer(REGISTER);
        restored.offer(REGISTER);
        restored.offer(REGISTER);
        NotedFields noted = new NotedFields();
        service.fields(noted);
        restored.fields(noted.rewind());

        assertThat(noted.isEmpty()).isTrue();
        assertThat(restored.open()).containsExactly(DISK, REGISTER);
        assertThat(restored.takeServed()).isEqualTo(DISK);
        assertThat(restored.next()).contains(compute(5_000));
        assertThat(restored.takeServed()).isEqualTo(REGISTER);
        assertThat(restored.next()).contains(compute(700));
    }
}
