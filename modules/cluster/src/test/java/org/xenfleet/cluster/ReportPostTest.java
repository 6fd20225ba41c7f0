package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xenfleet.cluster.RunWords.Reported;
import org.xenfleet.observe.HostReport;

class ReportPostTest {
    private static final HostReport REPORT = new HostReport(
            "p/0", HostReport.Fate.HEALTHY, 2_000, -1, 10, List.of(), List.of(), List.of(), List.of(), List.of(), 0);

    private long now;
    private final List<Reported> sent = new ArrayList<>();
    private final ReportPost post = new ReportPost(() -> now);

    @Test
    void shouldSendAgainWhatHasNotComeWithinASecondUntilItHas() {
        post.post(REPORT);
        post.send(sent::add);
        assertThat(sent).hasSize(1);
        long number = sent.get(0).number();

        now = TimeUnit.SECONDS.toNanos(1);
        post.sendAgain(sent::add);
        assertThat(sent).hasSize(1);
        now++;
        post.sendAgain(sent::add);
        post.sendAgain(sent::add);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isEqualTo(sent.get(0));
        assertThat(post.hasArrived()).isFalse();

        post.came(number);
        now += TimeUnit.MINUTES.toNanos(1);
        post.sendAgain(sent::add);
        assertThat(sent).hasSize(2);
        assertThat(post.hasArrived()).isTrue();
    }

    @Test
    void shouldNotTakeTheComingOfAnotherWordForItsOwn() {
        post.post(REPORT);
        post.send(sent::add);

        post.came(sent.get(0).number() + 1);

        assertThat(post.hasArrived()).isFalse();
    }

    @Test
    void shouldSendNothingWhereNothingWasPosted() {
        post.send(sent::add);

        assertThat(sent).isEmpty();
        assertThat(post.hasArrived()).isTrue();
    }
}
