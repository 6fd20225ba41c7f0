package org.xenfleet.cluster;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another Java process like this one: the same Java, options and classes. */
final class JvmCommand {
    /** Options that two processes cannot have at once. */
    private static final List<String> NOT_TWICE = List.of(
            "-agentlib:jdwp",
            "-Xrunjdwp",
            "-XX:ArchiveClassesAtExit",
            "-XX:StartFlightRecording",
            "-Dcom.sun.management.jmxremote");

    /** A property that may have been set after this process began: where it is said how the log is written. */
    private static final String LOGGING = "logback.configurationFile";

    private JvmCommand() {}

    /** @param more options of Java, which win over those of this process */
    static List<String> of(String mainClass, List<String> more, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> NOT_TWICE.stream().noneMatch(option::startsWith))
                .filter(option -> !(option.startsWith("-Xlog") && option.contains("file=")))
                .forEach(command::add);
        String logging = System.getProperty(LOGGING);
        if (logging != null) {
            command.add("-D" + LOGGING + "=" + logging);
        }
        command.addAll(more);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
