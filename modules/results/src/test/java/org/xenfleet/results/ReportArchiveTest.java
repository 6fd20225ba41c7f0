package org.xenfleet.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReportCodec;
import org.xenfleet.observe.ReportFormatException;

class ReportArchiveTest {
    private final ReportArchive archive = new ReportArchive();

    @Test
    void shouldGiveBackWhatItGotByNameAsOftenAsAsked() {
        // '-' comes before '/', and so "p-1/0" before "p/0"
        List.of("p/10", "p/2", "p-1/0", "p/0").forEach(name -> archive.add(Reports.healthy(name)));
        ReportList reports = archive.reports();

        for (int pass = 0; pass < 2; pass++) {
            assertThat(reports)
                    .containsExactly(
                            Reports.healthy("p-1/0"),
                            Reports.healthy("p/0"),
                            Reports.healthy("p/10"),
                            Reports.healthy("p/2"));
        }
        assertThat(archive.size()).isEqualTo(4);
        assertThat(reports.name(2)).isEqualTo("p/10");
    }

    @Test
    void shouldFindAHostByItsName() {
        archive.add(Reports.attacked());
        archive.add(Reports.healthy("z/0"));

        assertThat(archive.contains("pool-a/0")).isTrue();
        assertThat(archive.contains("pool-a/1")).isFalse();
        assertThat(archive.reports().named("pool-a/0")).hasValue(Reports.attacked());
        assertThat(archive.reports().named("pool-a/1")).isEmpty();
    }

    @Test
    void shouldTakeTheSameReportASecondTimeForTheFirst() {
        assertThat(archive.add(Reports.attacked())).isTrue();
        assertThat(archive.add(Reports.attacked())).isFalse();
        assertThat(archive.addEncoded(HostReportCodec.encode(Reports.attacked())))
                .isFalse();
        assertThat(archive.reports()).containsExactly(Reports.attacked());
    }

    /** As it comes from a machine with another zlib. */
    @Test
    void shouldTakeTheSameReportForTheFirstHoweverItIsDeflated() throws IOException {
        byte[] first = HostReportCodec.encode(Reports.attacked());
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        other.write(first, 0, 3);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(other, new Deflater(Deflater.NO_COMPRESSION))) {
            new InflaterInputStream(new ByteArrayInputStream(first, 3, first.length)).transferTo(deflated);
        }
        assertThat(other.toByteArray()).isNotEqualTo(first);
        archive.addEncoded(first);

        assertThat(archive.addEncoded(other.toByteArray())).isFalse();
    }

    @Test
    void shouldRefuseAnotherReportOfTheSameHost() {
        archive.add(Reports.healthy("p/0"));

        assertThatThrownBy(() -> archive.add(Reports.host("p/0", Fate.DEGRADED, 0, List.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Host p/0 was reported twice, and the two reports differ.");
        assertThat(archive.reports()).containsExactly(Reports.healthy("p/0"));
    }

    @Test
    void shouldRefuseBytesThatAreNoReport() {
        assertThatThrownBy(() -> archive.addEncoded(new byte[] {'X', 'H', 1, 0}))
                .isInstanceOf(ReportFormatException.class);
        assertThat(archive.size()).isZero();
    }

    @Test
    void shouldLeaveAListAsItWasWhenMoreComes() {
        archive.add(Reports.healthy("p/1"));
        ReportList before = archive.reports();
        archive.add(Reports.healthy("p/0"));

        assertThat(before).extracting(HostReport::name).containsExactly("p/1");
        assertThat(archive.reports()).hasSize(2);
    }

    @Test
    void shouldRefuseAListOfTwoReportsOfOneHost() {
        assertThatThrownBy(() -> ReportList.of(List.of(Reports.healthy("p/0"), Reports.healthy("p/0"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are two reports of host p/0.");
    }
}
