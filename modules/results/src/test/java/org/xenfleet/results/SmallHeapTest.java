package org.xenfleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run of many hosts keeps of each must be a fraction of its report as objects. 2,500 of them take more than the 20 MB
 * of heap that the process has here, and 5 MB encoded.
 */
class SmallHeapTest {
    private static final int OUT_OF_MEMORY = 3;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void shouldSumUpAndTabulateWhatDoesNotFitAsObjects() throws Exception {
        assertThat(exitCode("archived")).isZero();

        assertThat(output("archived")).startsWith("pass ");
        try (Stream<String> rows = Files.lines(folder.resolve("tables/pcpus.csv"))) {
            assertThat(rows).hasSize(1 + 64 * ManyReports.HOSTS);
        }
        try (Stream<String> rows = Files.lines(folder.resolve("tables/incidents.csv"))) {
            assertThat(rows).hasSize(1 + ManyReports.HOSTS);
        }
    }

    /** Or else the heap of this test proves nothing. */
    @Test
    void shouldNotFitAsObjects() throws Exception {
        assertThat(exitCode("objects")).as(output("objects")).isEqualTo(OUT_OF_MEMORY);
    }

    private int exitCode(String how) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx20m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyReports.class.getName(),
                        how,
                        folder.resolve("tables").toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(how).toFile())
                .start();
        return process.waitFor();
    }

    private String output(String how) throws Exception {
        return Files.readString(folder.resolve(how), StandardCharsets.UTF_8);
    }
}
