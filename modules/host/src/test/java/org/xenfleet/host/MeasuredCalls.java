package org.xenfleet.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * One row of the measurements of continuations on the real Xen 4.17.7, boot S1: the calls of one operation by one guest in one
 * experiment. Times are microseconds.
 *
 * @param guest mem4k, mmu or multi
 * @param beside what shared the pCPU: alone, vs_spinner, vs_sleeper10ms, vs_spinner_and_sleeper
 * @param entries of a call, first one and continuations
 * @param cpu of a call
 * @param slice CPU time of an entry
 */
record MeasuredCalls(
        String guest,
        String beside,
        String operation,
        int calls,
        double entries,
        int fewestEntries,
        int mostEntries,
        double cpu,
        double slice,
        double medianSlice) {

    /** The rows of the credit scheduler, in the file's order. */
    static List<MeasuredCalls> credit() throws IOException {
        try (InputStream in = MeasuredCalls.class.getResourceAsStream("continuations.csv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .skip(1)
                    .map(MeasuredCalls::read)
                    .toList();
        }
    }

    private static MeasuredCalls read(String line) {
        String[] cells = line.split(",", -1);
        return new MeasuredCalls(
                cells[0],
                cells[1],
                cells[2],
                Integer.parseInt(cells[3]),
                Double.parseDouble(cells[4]),
                Integer.parseInt(cells[5]),
                Integer.parseInt(cells[6]),
                Double.parseDouble(cells[7]),
                Double.parseDouble(cells[8]),
                Double.parseDouble(cells[9]));
    }

    String experiment() {
        return guest + " " + beside;
    }

    boolean hasSpinner() {
        return beside.contains("spinner");
    }

    boolean hasSleeper() {
        return beside.contains("sleeper");
    }

    /** Of all calls of the row. */
    double cuts() {
        return calls * (entries - 1);
    }
}
