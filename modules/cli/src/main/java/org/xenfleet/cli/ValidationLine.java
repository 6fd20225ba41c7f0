package org.xenfleet.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.xenfleet.results.JsonLine;
import org.xenfleet.xlcfg.XlSetting;
import org.xenfleet.xlcfg.XlValue;
import org.xenfleet.xlcfg.device.Excerpt;

/** What is said of one file, as one line of JSON. Lists may be nested to any depth that the xl language allows. */
final class ValidationLine {
    private ValidationLine() {}

    static String of(Validation validation) {
        JsonLine line = new JsonLine();
        line.name("file").text(validation.file());
        line.name("result").text(validation.isAccepted() ? "accept" : "reject");
        line.name("first_error_line");
        validation.firstErrorLine().ifPresentOrElse(line::number, line::nothing);
        line.name("message")
                .text(String.join("\n", validation.isAccepted() ? validation.notes() : validation.errors()));
        line.name("settings").beginList();
        for (XlSetting setting : validation.settings()) {
            line.beginList()
                    .text(Excerpt.unicode(setting.name()))
                    .text(setting.operator())
                    .number(setting.line());
            value(line, setting.value());
            line.endList();
        }
        return line.endList().end();
    }

    private static void value(JsonLine line, XlValue whole) {
        Deque<Iterator<XlValue>> open = new ArrayDeque<>();
        open.push(List.of(whole).iterator());
        while (!open.isEmpty()) {
            Iterator<XlValue> items = open.element();
            if (items.hasNext()) {
                XlValue item = items.next();
                if (item instanceof XlValue.ListOf list) {
                    line.beginList();
                    open.push(list.items().iterator());
                } else if (item instanceof XlValue.Scalar scalar) {
                    line.text(Excerpt.unicode(scalar.text()));
                }
            } else {
                open.pop();
                if (!open.isEmpty()) {
                    line.endList();
                }
            }
        }
    }
}
