package org.xenfleet.results;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes one table of comma-separated values (RFC 4180, but with line feeds), in UTF-8, the names of its columns first.
 * One thread only.
 */
public final class Csv implements AutoCloseable {
    /** A cell with one of these is quoted. */
    private static final String SPECIAL = ",\"\n\r";

    private final BufferedWriter writer;

    private Csv(BufferedWriter writer) {
        this.writer = writer;
    }

    /** @param columns their names, with commas between them */
    static Csv create(Path file, String columns) throws IOException {
        Csv table = new Csv(Files.newBufferedWriter(file));
        table.writer.write(columns);
        table.writer.write('\n');
        return table;
    }

    /** One row; a cell is its {@code toString}. */
    void row(Object... cells) throws IOException {
        writer.write(line(cells));
    }

    /** The text of one row with its line feed, for tables that go to no file. */
    public static String line(Object... cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            line.append(i > 0 ? "," : "").append(quoted(cells[i].toString()));
        }
        return line.append('\n').toString();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static String quoted(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (SPECIAL.indexOf(cell.charAt(i)) >= 0) {
                return '"' + cell.replace("\"", "\"\"") + '"';
            }
        }
        return cell;
    }
}
