package org.xenfleet.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells, aligned in columns two blanks apart under a bold head. A table that is too wide cuts its first columns,
 * and what no longer ends in its cell ends in "...". One thread only.
 */
final class TextTable {
    private static final String GAP = "  ";
    private static final int LEAST = 8;

    /** @param style has no part in the width */
    record Cell(String text, Style style) {
        Cell {
            text = Line.printable(text);
        }

        static Cell of(String text) {
            return new Cell(text, Style.PLAIN);
        }

        private int width() {
            return text.codePointCount(0, text.length());
        }
    }

    private final int leftColumns;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** @param leftColumns so many columns, from the first, are aligned at the left, the others at the right */
    TextTable(int leftColumns, String... heads) {
        this.leftColumns = leftColumns;
        List<Cell> row = new ArrayList<>();
        for (String head : heads) {
            row.add(new Cell(head, Style.BOLD));
        }
        rows.add(row);
    }

    /** @param cells one for each head */
    void row(Cell... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells in a table of " + rows.get(0).size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** The lines of the table, none longer than {@code width} if that is possible. */
    List<String> lines(int width, boolean colour) {
        int[] widths = widths(width);
        List<String> lines = new ArrayList<>();
        for (List<Cell> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(column == 0 ? "" : GAP).append(padded(row.get(column), column, widths, colour));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int[] widths(int width) {
        int[] widths = new int[rows.get(0).size()];
        int total = GAP.length() * (widths.length - 1);
        for (int column = 0; column < widths.length; column++) {
            for (List<Cell> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).width());
            }
            total += widths[column];
        }
        for (int column = 0; column < leftColumns && total > width; column++) {
            int cut = Math.min(total - width, Math.max(0, widths[column] - LEAST));
            widths[column] -= cut;
            total -= cut;
        }
        return widths;
    }

    private String padded(Cell cell, int column, int[] widths, boolean colour) {
        String text = Line.cut(cell.text(), widths[column]);
        String blanks = " ".repeat(widths[column] - text.codePointCount(0, text.length()));
        String styled = cell.style().apply(text, colour);
        return column < leftColumns ? styled + blanks : blanks + styled;
    }
}
