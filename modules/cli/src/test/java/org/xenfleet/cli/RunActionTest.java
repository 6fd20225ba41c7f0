package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.cli.RunCommand.Format;
import org.xenfleet.cli.RunCommand.Request;
import org.xenfleet.fleet.HostPlacement;
import org.xenfleet.fleet.Outcome;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.results.OutputException;

class RunActionTest {
    private static final HostPlacement HEALTHY = (plan, options, sink) -> {
        plan.hosts()
                .forEach(host ->
                        sink.hostDone(report(host.name(), plan.scenario().durationNs())));
        return Outcome.DONE;
    };
    private static final HostPlacement UNTIL_STOPPED =
            (plan, options, sink) -> options.stopRequested().getAsBoolean() ? Outcome.STOPPED : Outcome.DONE;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Captured captured = new Captured();
    private final List<Integer> halted = new ArrayList<>();
    private final StopSwitch stop = new StopSwitch(halted::add);
    private Path output = Path.of("");

    @BeforeEach
    void chooseFolder() {
        output = folder.resolve("out");
    }

    @Test
    void shouldPrintTheTableAndWhereTheResultsAre() throws Exception {
        assertThat(run(HEALTHY, request("hosts.healthy == 1"))).isZero();

        assertThat(captured.out())
                .startsWith("tiny: PASS, its expectation is met. Simulated 2 s of 1 host, seed 0.\n")
                .endsWith("\nResults: " + output + "\n");
        assertThat(output.resolve("manifest.json"))
                .content()
                .contains("\"outcome\": \"done\"", "\"verdict\": \"pass\"", "\"partial\": false", "scenario.conf");
        assertThat(output.resolve("scenario.resolved.conf")).content().contains("tiny");
    }

    @Test
    void shouldAnswerOneWhenAnExpectationIsNotMet() throws Exception {
        assertThat(run(HEALTHY, request("hosts.crashed == 1"))).isEqualTo(1);
        assertThat(captured.out()).startsWith("tiny: FAIL");
    }

    @Test
    void shouldPrintNothingButTheSummaryAsJson() throws Exception {
        run(HEALTHY, with(request(), Optional.of(Format.json), false));

        assertThat(captured.out()).isEqualTo(Files.readString(output.resolve("summary.json")));
    }

    @Test
    void shouldSayNothingWhenQuietAndNothingIsAskedFor() throws Exception {
        assertThat(run(HEALTHY, with(request(), Optional.empty(), true))).isZero();
        assertThat(captured.out()).isEmpty();
        assertThat(captured.err()).isEmpty();
        assertThat(output.resolve("manifest.json")).exists();
    }

    @Test
    void shouldKeepAMarkedPartialRunWhenALimitStopsIt() throws Exception {
        HostPlacement limited = (plan, options, sink) -> {
            sink.hostDone(report(plan.hosts().get(0).name(), 1_000_000_000));
            return Outcome.MAX_EVENTS;
        };

        assertThat(run(limited, request("hosts.healthy == 1"))).isEqualTo(3);

        assertThat(captured.out()).startsWith("tiny: PARTIAL, stopped before its end. Simulated 1 s");
        assertThat(captured.err()).contains("The run was stopped by --max-events.", output.toString());
        assertThat(output.resolve("manifest.json"))
                .content()
                .contains("\"outcome\": \"max-events\"", "\"verdict\": \"partial\"", "\"partial\": true");
    }

    @Test
    void shouldStopWhenTheUserInterruptsAndEndTheProcessOnlyAfterEverythingIsWritten() throws Exception {
        List<Integer> codes = new ArrayList<>();
        HostPlacement interrupted = (plan, options, sink) -> {
            Thread shutdown = new Thread(stop::onShutdown, "shutdown");
            shutdown.start();
            while (!options.stopRequested().getAsBoolean()) {
                Thread.onSpinWait();
            }
            codes.addAll(halted);
            return UNTIL_STOPPED.run(plan, options, sink);
        };

        int code = run(interrupted, request());
        assertThat(codes).isEmpty();
        assertThat(output.resolve("manifest.json")).content().contains("\"outcome\": \"stopped\"");

        assertThat(code).isEqualTo(3);
    }

    @Test
    void shouldLetTheProcessEndByItselfOnceTheCommandIsAtItsEnd() {
        stop.finished(1);
        stop.onShutdown();

        assertThat(halted).isEmpty();
        assertThat(stop.requested()).isFalse();
    }

    @Test
    void shouldHaltWithTheCommandsCodeAfterAnInterrupt() throws Exception {
        Thread shutdown = new Thread(stop::onShutdown, "shutdown");
        shutdown.start();
        while (!stop.requested()) {
            Thread.onSpinWait();
        }
        stop.finished(3);
        shutdown.join();

        assertThat(halted).containsExactly(3);
    }

    @Test
    void shouldLeaveAnUnfinishedDirectoryWhenTheSimulationFails() throws Exception {
        HostPlacement failing = (plan, options, sink) -> {
            throw new SimulationFailure("Host p/0: actor pcpu 3 failed at 1.5 s on SliceEnds.");
        };

        assertThat(run(failing, request())).isEqualTo(70);

        assertThat(captured.err()).startsWith("error: Host p/0: actor pcpu 3 failed at 1.5 s on SliceEnds.\n");
        assertThat(output.resolve("failure.txt")).hasContent("Host p/0: actor pcpu 3 failed at 1.5 s on SliceEnds.");
        assertThat(output.resolve("manifest.json")).doesNotExist();
    }

    @Test
    void shouldRunNothingAndWriteNothingWhenTheScenarioIsBad() {
        Path file = folder.resolve("missing.conf");

        assertThat(captured.run("run", file.toString(), "--output", output.toString()))
                .isEqualTo(2);

        assertThat(captured.err()).startsWith("error: " + file + ": ");
        assertThat(captured.out()).isEmpty();
        assertThat(output).doesNotExist();
    }

    @Test
    void shouldRefuseAnOutputFolderThatIsNotEmpty() throws Exception {
        Files.createDirectories(output.resolve("old"));

        assertThat(run(HEALTHY, request())).isEqualTo(2);
        assertThat(captured.err()).contains("--output: " + output + " is not empty");
    }

    @Test
    void shouldAnswerSeventyWhenTheOutputCannotBeWritten() throws Exception {
        Path scenario = scenario("");
        String inAFile = scenario.resolve("out").toString();

        assertThat(captured.run("run", scenario.toString(), "--output", inAFile))
                .isEqualTo(70);
        assertThat(captured.err()).contains("error: Cannot write " + inAFile).doesNotContain("\tat ");
    }

    @Test
    void shouldTakeNoHarmFromAReaderThatWentAwayButReportAFullDisk() {
        assertThat(Main.run(streamsThatFailWith("Broken pipe"), "version")).isZero();
        assertThat(Main.run(streamsThatFailWith("No space left on device"), "version"))
                .isEqualTo(70);
    }

    private static Streams streamsThatFailWith(String message) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
        return new Streams(
                broken, new PrintStream(OutputStream.nullOutputStream()), new Terminal(false, false, false, 100));
    }

    private int run(HostPlacement placement, Request request) throws OutputException {
        return new RunAction(captured.streams(), request).placedBy(placement).run(stop);
    }

    private Path scenario(String expectation) throws IOException {
        return Files.writeString(
                folder.resolve("scenario.conf"), """
                name = tiny
                duration = 2s
                hosts { h { cpus = 1, memory = 4GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB } } }
                pools { p { host = h, count = 1 } }
                expect = [ %s ]
                """.formatted(expectation.isEmpty() ? "" : "\"" + expectation + "\""));
    }

    private Request request() throws IOException {
        return request("");
    }

    private Request request(String expectation) throws IOException {
        return new Request(
                scenario(expectation),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(),
                Optional.of(output),
                Optional.empty(),
                false,
                true,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                1,
                Where.HERE,
                List.of("run", "scenario.conf"));
    }

    private static Request with(Request request, Optional<Format> format, boolean quiet) {
        return new Request(
                request.file(),
                request.seed(),
                request.durationNs(),
                request.settings(),
                request.output(),
                format,
                quiet,
                request.progress(),
                request.maxWallNs(),
                request.maxEvents(),
                request.traceMessages(),
                request.workers(),
                request.where(),
                request.words());
    }

    private static HostReport report(String name, long simulatedNs) {
        return new HostReport(
                name, Fate.HEALTHY, simulatedNs, -1, 5, List.of(1L), List.of(), List.of(), List.of(), List.of(), 0);
    }
}
