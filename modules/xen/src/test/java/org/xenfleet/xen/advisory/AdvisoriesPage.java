package org.xenfleet.xen.advisory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.OperationCatalogue;

/** Writes docs/advisories.md from the catalogue, the files of operations, and the scenarios that are there. */
final class AdvisoriesPage {
    private static final Path ROOT = Path.of("../..");
    private static final String OPERATIONS = "modules/xen/src/main/resources/org/xenfleet/xen/operation/";

    private static final String INTRODUCTION = """
            # Advisories

            <!-- Generated from the files of org/xenfleet/xen/advisory by AdvisoriesDocsTest; change those, not this page. -->

            Xen's advisories about work that takes too long, cannot be cut off, or never ends. `xenfleet assess --all` judges hosts by
            all of them ([guide.md](guide.md#the-whole-catalogue)), and `xen.fixes` of a scenario adds the fix of any of them to a release.
            Where an operation of the simulator is another with the fix, or a scenario shows the flaw, the last columns name them.

            - **Fixed in**: the first release of each line that has the fix; *branch* stands before lines that were mended after their last
              release.
            - **Read**: *in full* if the advisory itself was read. Of the others only the text of the CVE and the commits that name them
              were, so their mitigations are not established, and what is said of affected releases is as good as these.

            | XSA | date | what | shape | by whom | needs | bound before the fix | affected | fixed in | read | operations | scenario |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private static final String MENDED = """

            ## How they were mended

            | XSA | the fix | mitigations |
            |---|---|---|
            """;

    private static final String SHAPES = """

            ## Shapes

            | shape | what makes the work long | XSA |
            |---|---|---|
            """;

    private static final String LIMITS = """

            ## What is not in it

            - The advisories themselves were at hand for %s. Of the others it is unknown which mitigations they name; that none is listed does
              not mean that there is none.
            - Of XSA-410 and XSA-428 the affected releases are known by the branches that were mended and by nothing else. Older releases
              are told as not established, as is XSA-344 up to 4.3, which is said to depend on the machine, and XSA-20 before 3.4.
            - What a fix changes was read in the commits. Which locks are held meanwhile was not looked up for all of them; nothing is
              said here where it was not.
            - Costs are known for hardly any. A scenario's figures rest on `costs`, which it can change, and not on the advisory.
            - Neighbours of this kind are left out: flaws in the machinery of continuations itself, such as XSA-58 and XSA-111; locks taken
              in the wrong order or never released, such as XSA-74; recursion that is too deep, such as XSA-240; processors that lock up by
              themselves, such as XSA-156; and floods of Xen's log, such as XSA-146.
            - `assess` knows what an xl file or a scenario says. Devices that are attached later, the width of a guest's kernel, a policy of
              Flask and limits on Xen's command line are in none of them; where a verdict depends on one of these its reason says so.
            """;

    private AdvisoriesPage() {}

    static String of(AdvisoryCatalogue catalogue) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        catalogue.all().forEach(a -> page.append(row(a)));
        page.append(MENDED);
        catalogue.all().forEach(a -> page.append(cells(number(a), a.fix(), mitigations(a))));
        page.append(SHAPES);
        for (Shape shape : Shape.values()) {
            String of = catalogue.all().stream()
                    .filter(a -> a.shapes().contains(shape))
                    .map(AdvisoriesPage::number)
                    .collect(Collectors.joining(", "));
            page.append(cells(label(shape), shape.meaning(), of));
        }
        String inFull = catalogue.all().stream()
                .filter(Advisory::readInFull)
                .map(AdvisoriesPage::number)
                .collect(Collectors.joining(", "));
        return page.append(String.format(Locale.ROOT, LIMITS, inFull)).toString();
    }

    private static String row(Advisory a) {
        return cells(
                number(a),
                a.date().toString(),
                a.title() + ": `" + a.operation() + "`",
                a.shapes().stream().map(AdvisoriesPage::label).collect(Collectors.joining(", ")),
                joined(a.ways().stream().map(w -> w.role().text())),
                joined(a.ways().stream().map(AdvisoriesPage::needs)),
                a.bound(),
                a.affected(),
                fixed(a),
                a.readInFull() ? "in full" : "CVE, commits",
                operations(a),
                scenario(a));
    }

    private static String needs(Way way) {
        return way.needs().stream().map(Need::text).collect(Collectors.joining(", "));
    }

    private static String joined(Stream<String> ofWays) {
        return ofWays.filter(text -> !text.isEmpty()).collect(Collectors.joining("; or "));
    }

    private static String fixed(Advisory a) {
        List<String> parts = new ArrayList<>();
        for (Fix fix : a.fixes()) {
            parts.add(fix.release()
                    .map(r -> fix.onwards() ? "all from " + r + " on" : r)
                    .orElse("branch " + fix.line()));
        }
        return String.join(", ", parts);
    }

    private static String mitigations(Advisory a) {
        return a.mitigations()
                .map(known -> known.isEmpty() ? "none is known" : String.join(" ", known))
                .orElse("not established");
    }

    /** The operations whose files name its fix. */
    private static String operations(Advisory a) {
        Pattern names = Pattern.compile("without-fix\\s*=\\s*\"?" + a.id() + "(?!\\d)");
        return OperationCatalogue.shipped().all().stream()
                .map(Operation::name)
                .filter(name -> names.matcher(text(ROOT.resolve(OPERATIONS + name + ".conf")))
                        .find())
                .map(name -> "[" + name + "](../" + OPERATIONS + name + ".conf)")
                .collect(Collectors.joining(", "));
    }

    private static String scenario(Advisory a) {
        return Stream.of("config/advisories/" + a.id() + ".conf", "config/" + a.id() + ".conf")
                .filter(file -> Files.exists(ROOT.resolve(file)))
                .findFirst()
                .map(file -> "[" + a.id() + ".conf](../" + file + ")")
                .orElse("");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String number(Advisory a) {
        return String.valueOf(a.number());
    }

    private static String label(Shape shape) {
        return shape.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String cells(String... cells) {
        return "| " + Arrays.stream(cells).map(c -> c.replace("|", "\\|")).collect(Collectors.joining(" | ")) + " |\n";
    }
}
