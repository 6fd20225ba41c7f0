package org.xenfleet.xlcfg;

import org.xenfleet.xlcfg.device.Excerpt;

/**
 * The first error of a text that is not in the xl language; xl refuses the whole file for one (xlcfg-grammar section
 * 1.5). The message is {@code FILE:LINE: config parsing error near `TEXT': WHAT}, and where it is known a sentence on
 * what would be right.
 */
public final class XlSyntaxException extends Exception {
    private final String fileName;
    private final int line;

    XlSyntaxException(String fileName, int line, String text, String what) {
        super(fileName + ":" + line + ": config parsing error near `" + Excerpt.of(text) + "': " + what);
        this.fileName = fileName;
        this.line = line;
    }

    public String fileName() {
        return fileName;
    }

    /**
     * The line of the offending text, 1 and up; at the end of the file that of the last token. Where a line ends too
     * early xl itself names the line before; this is the line an editor shows.
     */
    public int line() {
        return line;
    }
}
