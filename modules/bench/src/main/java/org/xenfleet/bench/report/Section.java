package org.xenfleet.bench.report;

import java.util.List;

/**
 * What a benchmark came to. Immutable.
 *
 * @param explanation what is compared with what, in Markdown
 */
public record Section(String title, String explanation, List<Figure> figures) {
    public Section {
        figures = List.copyOf(figures);
    }
}
