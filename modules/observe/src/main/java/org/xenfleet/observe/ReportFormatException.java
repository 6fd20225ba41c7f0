package org.xenfleet.observe;

/** Bytes that are not an encoded {@link HostReport}, or not whole. The message is a sentence that says what is wrong. */
public final class ReportFormatException extends IllegalArgumentException {

    ReportFormatException(String what) {
        super("This is no encoded host report: " + what + ".");
    }

    ReportFormatException(String what, Throwable cause) {
        super("This is no encoded host report: " + what + ".", cause);
    }
}
