package org.xenfleet.xlcfg.device;

import java.util.List;
import java.util.Optional;

/** What is in one text of {@code channel}: pairs, of which {@code connection} must be one. Mistakes are fatal. */
public final class ChannelSpec {
    private ChannelSpec() {}

    public static void check(String spec, SpecReport report) {
        List<String> parts = Parts.between(spec, ',');
        if (parts.isEmpty()) {
            report.refuse("it is empty, on which xl 4.17 crashes");
            return;
        }
        String connection = "";
        boolean path = false;
        for (String part : parts) {
            Optional<Parts.Pair> pair = Parts.pair(part);
            if (pair.isEmpty()) {
                report.refuse("`" + Excerpt.of(part) + "` is no pair NAME=VALUE");
                return;
            }
            switch (pair.get().name()) {
                case "backend", "name" -> {}
                case "path" -> path = true;
                case "connection" -> connection = pair.get().value();
                default -> report.warn("`" + Excerpt.of(part) + "` is no parameter that xl knows, and xl drops it");
            }
            if (!connection.isEmpty() && !connection.equals("pty") && !connection.equals("socket")) {
                report.refuse("connection is pty or socket");
                return;
            }
        }
        if (connection.isEmpty()) {
            report.refuse("it lacks connection=pty or connection=socket");
        } else if (connection.equals("socket") && !path) {
            report.refuse("connection=socket needs path=");
        }
    }
}
