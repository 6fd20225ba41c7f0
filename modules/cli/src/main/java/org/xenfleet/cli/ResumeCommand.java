package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.xenfleet.cli.RunCommand.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code xenfleet resume}. */
@Command(
        name = "resume",
        description = {
            "Finishes a run whose processes died: from its last checkpoints, with the results that it would have had."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  xenfleet resume runs/xsa-89/20261125T120000Z-a1b2c3"})
final class ResumeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description = "The directory of the run, which has no manifest.json yet.",
            arity = "1")
    private Path directory = Path.of("");

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SessionOptions session;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ResumePlace places;

    private final Streams streams;

    ResumeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        session.check(spec.commandLine());
        Request request = new Request(
                directory.resolve("scenario.resolved.conf"),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(),
                Optional.empty(),
                session.format(),
                session.quiet(),
                session.progress(),
                session.maxWallNs(),
                session.maxEvents(),
                Optional.empty(),
                session.workers(),
                places.where(spec.commandLine()),
                List.of());
        return new ResumeAction(streams, request, directory).run();
    }
}
