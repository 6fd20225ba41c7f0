package org.xenfleet.xlcfg;

import java.util.List;
import java.util.stream.Collectors;

/** A file that is well-formed but does not describe a guest; carries every problem found, by line. */
public final class XlConfigException extends Exception {
    private final String fileName;
    private final transient List<XlNotice> problems;

    XlConfigException(String fileName, List<XlNotice> problems) {
        super(problems.stream()
                .map(p -> fileName + (p.line() > 0 ? ":" + p.line() : "") + ": " + p.message())
                .collect(Collectors.joining("\n")));
        this.fileName = fileName;
        this.problems = List.copyOf(problems);
    }

    public String fileName() {
        return fileName;
    }

    /** One or more, in the order of their lines; those of the file as a whole come first. */
    public List<XlNotice> problems() {
        return problems;
    }
}
