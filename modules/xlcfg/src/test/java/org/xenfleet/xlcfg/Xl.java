package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short ways to say what the tests are about. */
final class Xl {
    private Xl() {}

    static XlFile parse(String text) throws XlSyntaxException {
        return XlParser.parse("t.cfg", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The value of the only setting. */
    static XlValue value(String text) throws XlSyntaxException {
        List<XlSetting> settings = parse(text).settings();
        if (settings.size() != 1) {
            throw new AssertionError("One setting was expected: " + settings);
        }
        return settings.get(0).value();
    }

    static XlSyntaxException refusal(String text) {
        XlSyntaxException refusal = catchThrowableOfType(XlSyntaxException.class, () -> parse(text));
        if (refusal == null) {
            throw new AssertionError("It was taken: " + text);
        }
        return refusal;
    }

    static GuestConfig guest(String text) throws XlSyntaxException, XlConfigException {
        return GuestConfig.read(parse(text));
    }

    /** An HVM guest with a name, which needs nothing else. */
    static GuestConfig hvm(String more) throws XlSyntaxException, XlConfigException {
        return guest("name='g';type='hvm';" + more);
    }

    static List<XlNotice> problems(String text) {
        XlConfigException refusal = catchThrowableOfType(XlConfigException.class, () -> guest(text));
        if (refusal == null) {
            throw new AssertionError("It was taken: " + text);
        }
        return refusal.problems();
    }

    /** The only problem of an HVM guest with a name. */
    static String hvmProblem(String more) {
        List<XlNotice> problems = problems("name='g';type='hvm';" + more);
        if (problems.size() != 1) {
            throw new AssertionError("One problem was expected: " + problems);
        }
        return problems.get(0).message();
    }

    static XlValue.Scalar text(String text) {
        return new XlValue.Scalar(text, false);
    }

    static XlValue.Scalar number(String text) {
        return new XlValue.Scalar(text, true);
    }

    static XlValue.ListOf list(XlValue... items) {
        return new XlValue.ListOf(List.of(items));
    }
}
