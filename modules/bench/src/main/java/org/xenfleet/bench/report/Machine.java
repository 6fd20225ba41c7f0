package org.xenfleet.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the figures were measured on, without its name. Immutable. */
public record Machine(String processor, int processors, long memoryBytes, String jdk, String heap) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    public static Machine here() {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        String jdk = System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
        String collectors = ManagementFactory.getMemoryPoolMXBeans().stream()
                .map(MemoryPoolMXBean::getName)
                .filter(n -> n.contains("Old Gen") || n.contains("Tenured"))
                .collect(Collectors.joining(", "));
        String heap = collectors + ", at most " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB";
        return new Machine(model(), Runtime.getRuntime().availableProcessors(), memory, jdk, heap);
    }

    private static String model() {
        try {
            if (Files.isReadable(CPU_INFO)) {
                List<String> lines = Files.readAllLines(CPU_INFO);
                return lines.stream()
                        .filter(line -> line.startsWith(MODEL))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            }
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
        return System.getProperty("os.arch");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.0f GiB of memory; %s; heap %s",
                processor,
                processors,
                memoryBytes / (double) (1 << 30),
                jdk,
                heap);
    }
}
