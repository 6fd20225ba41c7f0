package org.xenfleet.bench.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.LoggerFactory;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioLoader;

/**
 * A run of a fleet in a Java machine of its own, with as much heap as it may have.
 *
 * @param seconds of wall-clock time, from the scenario to the summary
 * @param hostSeconds that were simulated
 * @param events deliveries
 * @param windowsPerSecond in a simulated second of a pool
 * @param waitingShare of the workers' time
 * @param peakGb memory that the process had at most, heap and all, in GB; NaN where the system does not tell
 */
record ScaleRun(
        double seconds, double hostSeconds, long events, double windowsPerSecond, double waitingShare, double peakGb) {
    private static final String RESULT = "scale-run ";

    /** Host-seconds per second. */
    double rate() {
        return hostSeconds / seconds;
    }

    /** @throws IllegalStateException if it does not end well, such as for lack of memory */
    static ScaleRun inOwnMachine(Path scenario, int workers, String heap, List<String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + heap, "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(ScaleRun.class.getName());
        command.add(scenario.toString());
        command.add(Integer.toString(workers));
        command.addAll(settings);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            String line = out.lines()
                    .filter(l -> l.startsWith(RESULT))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "the fleet did not come to its end in " + heap + " of heap (exit code " + code + ")"));
            String[] words = line.substring(RESULT.length()).split(" ", -1);
            return new ScaleRun(
                    Double.parseDouble(words[0]),
                    Double.parseDouble(words[1]),
                    Long.parseLong(words[2]),
                    Double.parseDouble(words[3]),
                    Double.parseDouble(words[4]),
                    Double.parseDouble(words[5]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Its words: the scenario, the number of workers, and settings. */
    public static void main(String[] words) throws Exception {
        System.setProperty("logback.configurationFile", "bench-logback.xml");
        LoggerFactory.getILoggerFactory();
        long start = System.nanoTime();
        LoadedScenario loaded = ScenarioLoader.load(
                Path.of(words[0]), List.of(words).subList(2, words.length), OptionalLong.empty(), OptionalLong.empty());
        Simulation simulation = Simulation.of(loaded);
        RunResult result =
                simulation.run(RunOptions.defaults().withWorkers(Integer.parseInt(words[1])), RunListener.NONE);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(RESULT + seconds + " " + result.stats().simulatedNs() / 1e9 + " "
                + result.summary().events() + " " + result.stats().windowsPerSecond() + " "
                + result.stats().waitingShare() + " " + memoryHadGb());
        System.exit(0);
    }

    private static double memoryHadGb() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e9)
                .findFirst()
                .orElse(Double.NaN);
    }
}
