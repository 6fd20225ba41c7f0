package org.xenfleet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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

    static final Path FILE = Path.of("../../../shared/reference/real-xen/hypercall_continuations.csv");

    /** The rows of the credit scheduler, in the file's order. */
    static List<MeasuredCalls> credit() throws IOException {
        return Files.readAllLines(FILE).stream()
                .filter(line -> line.startsWith("S1,") && line.contains("_credit_shift1_"))
                .map(MeasuredCalls::read)
                .toList();
    }

    private static MeasuredCalls read(String line) {
        String[] cells = line.split(",", -1);
        return new MeasuredCalls(
                cells[2],
                cells[1].substring(cells[1].indexOf("_shift1_") + "_shift1_".length()),
                Arrays.stream(new String[] {cells[4], cells[3]})
                        .filter(c -> !c.isEmpty())
                        .findFirst()
                        .orElseThrow(),
                Integer.parseInt(cells[5]),
                Double.parseDouble(cells[6]),
                Integer.parseInt(cells[7]),
                Integer.parseInt(cells[8]),
                Double.parseDouble(cells[11]),
                Double.parseDouble(cells[12]),
                Double.parseDouble(cells[13]));
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
