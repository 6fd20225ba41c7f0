package org.xenfleet.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Heartbeats;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.observe.HostReport.Role;

class HostReportCodecTest {
    private static final int HEADER = 3;

    /** Every component differs from every other of its kind, so that none can be taken for another. */
    private static final HostReport SAMPLE = new HostReport(
            "pool-a/7",
            Fate.FENCED,
            60_000_000_000L,
            20_000_000_001L,
            123_456,
            List.of(1L, -1L, 0x0123_4567_89ab_cdefL),
            List.of(new Pcpu(0, 1, 2, 3, 4, 5, 6, 7), new Pcpu(3, 80, 70, 60, 50, 40, 30, 20)),
            List.of(
                    new Domain(0, "Domain-0", "pv", Role.CONTROL, false, 11, 12, 13, 14, 15, 16, 17, "running"),
                    new Domain(1, "web-0", "hvm", Role.GUEST, true, 21, 22, 23, 24, 25, 26, 27, "dying")),
            List.of(new Hypercall(
                    "web-0-dm", "set_mem_access", 31, 32, 33, 34, 35, 36, new TreeMap<>(Map.of(-22, 2L, 0, 29L)))),
            List.of(
                    new Incident(41, "pcpu-stall", "pcpu 3", "its softirqs waited 0.692 s", Cause.NONE),
                    new Incident(
                            42,
                            "watchdog-fence",
                            "Domain-0",
                            "\u00fc",
                            new Cause("a call", List.of("x waited", "y spun")))),
            51,
            Optional.of(new Heartbeats(61, 62, 63, 64, 65, 66, 67, 68)));

    /** What version 1 made of it; stays as it is for as long as that version is read. */
    @Test
    void shouldReadWhatWasWrittenInTheFirstVersion() throws IOException {
        try (InputStream kept = Objects.requireNonNull(getClass().getResourceAsStream("host-report-v1.hex"))) {
            String hex = new String(kept.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");

            assertThat(HostReportCodec.decode(HexFormat.of().parseHex(hex))).isEqualTo(SAMPLE);
        }
    }

    @Test
    void shouldLoseNothing() {
        RandomReports reports = new RandomReports(5);
        for (int i = 0; i < 2_000; i++) {
            HostReport report = reports.next();
            byte[] encoded = HostReportCodec.encode(report);

            assertThat(HostReportCodec.decode(encoded)).as("report %d", i).isEqualTo(report);
            assertThat(HostReportCodec.encode(HostReportCodec.decode(encoded)))
                    .as("bytes of report %d", i)
                    .isEqualTo(encoded);
        }
    }

    /** As objects this is about 20 KB; here 64 rows of five numbers that differ, 45 names, and little else. */
    @Test
    void shouldTakeFewBytesForALargeHost() {
        Random random = new Random(1);
        List<Pcpu> pcpus = IntStream.range(0, 64)
                .mapToObj(cpu -> new Pcpu(
                        cpu, random.nextInt(1 << 30), 0, 0, random.nextInt(1 << 20), random.nextInt(1 << 30), 0, 0))
                .toList();
        List<Domain> domains = IntStream.range(0, 45)
                .mapToObj(domid -> new Domain(
                        domid,
                        "web-" + domid,
                        "hvm",
                        Role.GUEST,
                        false,
                        random.nextInt(1 << 30),
                        random.nextInt(1 << 20),
                        random.nextInt(1 << 20),
                        1L << 32,
                        1L << 32,
                        0,
                        1L << 32,
                        "running"))
                .toList();
        HostReport report = new HostReport(
                "p/1", Fate.HEALTHY, 1L << 32, -1, 99_999, List.of(1L), pcpus, domains, List.of(), List.of(), 0);

        assertThat(HostReportCodec.encode(report)).hasSizeLessThan(2_000);
    }

    @Test
    void shouldRefuseEveryPartOfAReport() {
        byte[] whole = HostReportCodec.encode(SAMPLE);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);

            assertThatThrownBy(() -> HostReportCodec.decode(part))
                    .as("%d bytes", length)
                    .isInstanceOf(ReportFormatException.class)
                    .hasMessageStartingWith("This is no encoded host report: ")
                    .hasMessageEndingWith(".");
        }
    }

    /** The bits that fill up the last byte before the checksum mean nothing; all others do. */
    @Test
    void shouldRefuseAReportInWhichABitChanged() {
        byte[] whole = HostReportCodec.encode(SAMPLE);
        int harmless = 0;
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] changed = whole.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Optional<HostReport> read = readOrRefused(changed);
            assertThat(read.orElse(SAMPLE)).as("bit %d", bit).isEqualTo(SAMPLE);
            harmless += read.isPresent() ? 1 : 0;
        }
        assertThat(harmless).isLessThan(Byte.SIZE);
    }

    /** Its checksum is right, so only what it says can give it away; much of it is a report all the same. */
    @Test
    void shouldReadOrRefuseAnyContent() throws IOException {
        byte[] encoded = HostReportCodec.encode(SAMPLE);
        byte[] content =
                new InflaterInputStream(new ByteArrayInputStream(encoded, HEADER, encoded.length)).readAllBytes();
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = content.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            Optional<HostReport> read = readOrRefused(withHeader(changed));
            read.ifPresent(report -> assertThat(HostReportCodec.decode(HostReportCodec.encode(report)))
                    .isEqualTo(report));
            refused += read.isPresent() ? 0 : 1;
        }
        assertThat(refused).isBetween(500, 4_500);
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        byte[] whole = HostReportCodec.encode(SAMPLE);
        byte[] later = whole.clone();
        later[2] = 9;
        byte[] longList = HexFormat.of().parseHex("0001610007" + "4845414c544859" + "000000" + "ffff03");

        assertRefused(new byte[0], "it does not begin with XH");
        assertRefused(later, "it has version 9 of the format, and only version 1 is known");
        assertRefused(Arrays.copyOf(whole, whole.length + 2), "2 bytes follow it");
        assertRefused(Arrays.copyOf(whole, whole.length - 1), "its deflated content does not end");
        assertRefused(withHeader(longList), "it has a list of 65535 with 0 bytes left");
        assertRefused(withHeader(HexFormat.of().parseHex("00016101")), "Fate is \"a\"");
    }

    private static void assertRefused(byte[] encoded, String reason) {
        assertThatThrownBy(() -> HostReportCodec.decode(encoded))
                .isInstanceOf(ReportFormatException.class)
                .hasMessage("This is no encoded host report: " + reason + ".");
    }

    private static Optional<HostReport> readOrRefused(byte[] encoded) {
        try {
            return Optional.of(HostReportCodec.decode(encoded));
        } catch (ReportFormatException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            return fail("neither read nor refused", e);
        }
    }

    private static byte[] withHeader(byte[] content) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.write(new byte[] {'X', 'H', 1});
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(encoded)) {
            deflated.write(content);
        }
        return encoded.toByteArray();
    }
}
