package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xenfleet.assess.XenFacts;
import org.xenfleet.assess.Xsa89;
import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xen.advisory.AdvisoryCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code xenfleet assess}. */
@Command(
        name = "assess",
        description = {
            "Says of every guest whether it exposes its host to XSA-89, or with --all to any advisory of the catalogue, why, and"
                    + " what would help. Nothing is run.",
            "The files are scenarios or, with --xen, guest configurations of xl, which are then taken for all the guests of"
                    + " one host. A file that cannot be read is told with its place, the others are judged all the same, and"
                    + " the exit code is 2."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xenfleet assess config/xsa-89.conf",
            "  xenfleet assess --xen 4.4.0 --format csv /etc/xen/*.cfg",
            "  xenfleet assess --all --xen 4.14.0 /etc/xen/*.cfg",
            "  xenfleet assess --xen 4.1.6.1 --bits 32 --device-model stubdom --fail-on vulnerable a.cfg b.cfg"
        })
final class AssessCommand implements Callable<Integer> {

    /** How it is said. */
    enum Format {
        table,
        json,
        csv
    }

    /** Whose software runs in the domain of a device model. */
    enum Image {
        approved,
        tenant
    }

    /** What makes the exit code 1. */
    enum FailOn {
        vulnerable
    }

    /** By the words of the option. */
    enum ArchWord {
        x86,
        arm
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Scenarios, or xl files with --xen.", arity = "1..*")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--all",
            description = "Judge by every advisory of the catalogue, docs/advisories.md, and not by XSA-89 alone.")
    private boolean all;

    @Option(
            names = "--xen",
            paramLabel = "RELEASE",
            description =
                    "The files are xl files, and this is the Xen of their host, such as 4.4.0. Any release will do.")
    private @Nullable String xen;

    @Option(names = "--bits", paramLabel = "BITS", description = "With --xen: its width, 64 (the default) or 32.")
    private @Nullable Integer bits;

    @Option(names = "--arch", paramLabel = "ARCH", description = "With --xen: x86 (the default) or arm.")
    private @Nullable ArchWord arch;

    @Option(
            names = "--fixed",
            paramLabel = "ADVISORY",
            split = ",",
            description =
                    "With --xen: its fix was added to the release, such as xsa-89. With --all any of the catalogue,"
                            + " several separated by commas.")
    private @Nullable List<String> fixed;

    @Option(
            names = "--device-model",
            paramLabel = "PLACE",
            converter = PlacementConverter.class,
            description = "With --xen: where the device models of all HVM guests run, whatever their files say: dom0,"
                    + " dom0-restricted, stubdom or service-domain.")
    private @Nullable DevicePlacement deviceModel;

    @Option(
            names = "--image",
            paramLabel = "WHOSE",
            description =
                    "With --xen: whether the software of the device models' own domains is approved by the administrator"
                            + " of the host (the default), or a tenant may supply it.")
    private @Nullable Image image;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table (the default), json: one object for each guest, each on a line of its own, or csv.")
    private @Nullable Format format;

    @Option(
            names = "--fail-on",
            paramLabel = "VERDICT",
            description = "vulnerable: the exit code is 1 if any guest is.")
    private @Nullable FailOn failOn;

    @Option(names = "--quiet", description = "Say nothing of what is merely worth knowing.")
    private boolean quiet;

    private final Streams streams;

    AssessCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        Optional<XlHost> host = xen == null ? Optional.empty() : Optional.of(host(xen));
        if (host.isEmpty()) {
            refuseWithoutXen();
        }
        Format chosen = format == null ? Format.table : format;
        return new AssessAction(streams, chosen, failOn == FailOn.vulnerable, quiet, all).run(files, host);
    }

    private XlHost host(String release) {
        Release.problem(release).ifPresent(problem -> {
            throw bad("--xen is " + release + ", which " + problem);
        });
        int width = bits == null ? 64 : bits;
        if (width != 32 && width != 64) {
            throw bad("--bits is " + width + "; it must be 32 or 64");
        }
        List<String> fixes = fixed == null ? List.of() : fixed;
        fixes.forEach(this::checkFix);
        XenFacts facts = new XenFacts(
                Release.of(release), width, arch == ArchWord.arm ? Arch.ARM : Arch.X86, new TreeSet<>(fixes));
        return new XlHost(facts, Optional.ofNullable(deviceModel), Optional.ofNullable(image));
    }

    private void checkFix(String fix) {
        List<String> known = AdvisoryCatalogue.shipped().ids();
        if (!known.contains(fix)) {
            throw bad("--fixed is " + fix + "; known are " + String.join(", ", known));
        }
        if (!all && !fix.equals(Xsa89.NAME)) {
            throw bad("--fixed is " + fix + ", which changes nothing without --all: only " + Xsa89.NAME + " is judged");
        }
    }

    private void refuseWithoutXen() {
        refuse("--bits", bits);
        refuse("--arch", arch);
        refuse("--fixed", fixed);
        refuse("--device-model", deviceModel);
        refuse("--image", image);
    }

    private void refuse(String option, @Nullable Object value) {
        if (value != null) {
            throw bad(option + " goes with --xen and xl files; a scenario says itself what its hosts are");
        }
    }

    private ParameterException bad(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
