package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real files, and what the real libxlutil and xl of 4.17 say of them. Skipped where the folder is not there. */
class CorpusTest {
    private static final Path CORPUS = Path.of("..", "..", "..", "shared", "xl-corpus");
    private static final Path EXPECTED = CORPUS.resolve("expected.jsonl");
    private static final JsonMapper JSON = new JsonMapper();

    @TestFactory
    Stream<DynamicTest> shouldParseEveryFileAsLibxlutilDoes() throws IOException {
        List<JsonNode> cases = cases();
        DynamicTest both = dynamicTest("the corpus is there, with files of both kinds", () -> {
            requireCorpus();
            assertThat(cases)
                    .extracting(c -> c.path("xlu").path("result").asString())
                    .contains("accept", "reject");
        });
        return Stream.concat(Stream.of(both), cases.stream().map(c -> dynamicTest(name(c), () -> compareText(c))));
    }

    @TestFactory
    Stream<DynamicTest> shouldReadEveryGuestAsXlDoes() throws IOException {
        return Stream.concat(
                Stream.of(dynamicTest("the corpus is there", CorpusTest::requireCorpus)),
                cases().stream()
                        .filter(c -> c.path("xl").path("exit").asInt() == 0)
                        .map(c -> dynamicTest(name(c), () -> compareGuest(c))));
    }

    /** Files that its parser takes and xl then refuses. The corpus may have none. */
    @TestFactory
    Stream<DynamicTest> shouldRefuseEveryGuestThatXlRefuses() throws IOException {
        return Stream.concat(
                Stream.of(dynamicTest("the corpus is there", CorpusTest::requireCorpus)),
                cases().stream()
                        .filter(c -> c.path("xlu").path("result").asString().equals("accept"))
                        .filter(c -> c.path("xl").path("exit").asInt() != 0)
                        .map(c -> dynamicTest(name(c), () -> {
                            XlFile file = parse(c);
                            assertThatThrownBy(() -> GuestConfig.read(file)).isInstanceOf(XlConfigException.class);
                        })));
    }

    /** Aborts a test, not a factory: only the first is reported as skipped. */
    private static void requireCorpus() {
        assumeTrue(Files.exists(EXPECTED), () -> "There is no corpus at " + EXPECTED.toAbsolutePath());
    }

    private static List<JsonNode> cases() throws IOException {
        return !Files.exists(EXPECTED)
                ? List.of()
                : Files.readAllLines(EXPECTED).stream()
                        .filter(line -> !line.isBlank())
                        .map(JSON::readTree)
                        .toList();
    }

    private static String name(JsonNode expected) {
        return expected.path("file").asString();
    }

    private static XlFile parse(JsonNode expected) throws XlSyntaxException {
        try {
            return XlParser.parse(name(expected), Files.readAllBytes(CORPUS.resolve(name(expected))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compareText(JsonNode expected) throws XlSyntaxException {
        JsonNode xlu = expected.path("xlu");
        if (xlu.path("result").asString().equals("accept")) {
            compareSettings(parse(expected), xlu.path("settings"));
            return;
        }
        XlSyntaxException refusal = catchThrowableOfType(XlSyntaxException.class, () -> parse(expected));
        assertThat(refusal).isNotNull();
        boolean newline = xlu.path("messages").path(0).asString().contains("unexpected NEWLINE");
        int line = xlu.path("first_error_line").asInt();
        assertThat(refusal.line()).isBetween(line - (newline ? 1 : 0), line + (newline ? 1 : 0));
    }

    private static void compareSettings(XlFile file, JsonNode settings) {
        List<XlSetting> wanted = new ArrayList<>();
        for (JsonNode s : settings) {
            XlValue value = value(s.path(4).asString(), s.path(5));
            wanted.add(new XlSetting(
                    s.path(0).asString(), s.path(1).asString(), s.path(2).asInt(), value));
            if (s.path(3).asBoolean()) {
                assertThat(file.live(s.path(0).asString())).contains(value);
            }
        }
        assertThat(file.held()).isEqualTo(wanted);
    }

    /** The kind is only told for a whole value, so an item's is worked out. */
    private static XlValue value(String kind, JsonNode node) {
        return switch (kind) {
            case "number" -> new XlValue.Scalar(node.asString(), true);
            case "string" -> new XlValue.Scalar(node.asString(), false);
            default ->
                new XlValue.ListOf(IntStream.range(0, node.size())
                        .mapToObj(node::path)
                        .map(item -> item.isArray() ? value("list", item) : XlValue.Scalar.of(item.asString()))
                        .toList());
        };
    }

    private static void compareGuest(JsonNode expected) throws XlSyntaxException, XlConfigException {
        GuestConfig guest = GuestConfig.read(parse(expected));
        if (remarks(expected.path("xl").path("stderr")) > 0) {
            assertThat(guest.warnings()).isNotEmpty();
        }
        JsonNode created = expected.path("xl").path("config").path("c_info");
        JsonNode built = expected.path("xl").path("config").path("b_info");
        assertThat(guest.name()).isEqualTo(created.path("name").asString());
        assertThat(guest.type().label()).isEqualTo(created.path("type").asString());
        assertThat(guest.pool()).isEqualTo(given(created.path("pool_name"), JsonNode::asString));
        given(built.path("target_memkb"), JsonNode::asLong)
                .ifPresent(kib -> assertThat(guest.memoryMiB() * 1024).isEqualTo(kib));
        given(built.path("max_memkb"), JsonNode::asLong)
                .ifPresent(kib -> assertThat(guest.maxMemMiB() * 1024).isEqualTo(kib));
        assertThat(guest.maxVcpus()).isEqualTo(built.path("max_vcpus").asInt(1));
        assertThat(guest.vcpus())
                .isEqualTo(given(built.path("avail_vcpus"), JsonNode::size).orElse(1));
        assertThat(guest.cpuWeight())
                .isEqualTo(built.path("sched_params").path("weight").asInt(256));
        assertThat(guest.cap()).isEqualTo(built.path("sched_params").path("cap").asInt(0));
        compareAffinity(guest, expected.path("host"), built.path("vcpu_hard_affinity"));
        String onCrash = expected.path("xl").path("config").path("on_crash").asString("destroy");
        assertThat(guest.onCrash().label().replace('-', '_'))
                .isEqualTo(onCrash.equals("restart_rename") ? "rename_restart" : onCrash);
        assertThat(guest.deviceModelVersion().map(v -> v.replace('-', '_')))
                .isEqualTo(given(built.path("device_model_version"), JsonNode::asString));
        assertThat(guest.deviceModelStubdomain())
                .isEqualTo(
                        built.path("device_model_stubdomain").asString("False").equals("True"));
    }

    /** xl tells every word of tsc_mode that it takes, which is no warning. */
    private static long remarks(JsonNode stderr) {
        return IntStream.range(0, stderr.size())
                .filter(i -> !stderr.path(i).asString().startsWith("got a tsc mode string"))
                .count();
    }

    private static void compareAffinity(GuestConfig guest, JsonNode host, JsonNode affinity) throws XlConfigException {
        for (int vcpu = 0; vcpu < guest.maxVcpus(); vcpu++) {
            Optional<List<Integer>> cpus = guest.cpus()
                    .resolve(
                            vcpu, host.path("pcpus").asInt(), host.path("nodes").asInt())
                    .map(set -> set.stream().boxed().toList());
            assertThat(cpus).isEqualTo(given(affinity.path(vcpu), CorpusTest::integers));
        }
    }

    private static List<Integer> integers(JsonNode array) {
        return IntStream.range(0, array.size())
                .map(i -> array.path(i).asInt())
                .boxed()
                .toList();
    }

    private static <T> Optional<T> given(JsonNode node, Function<JsonNode, T> read) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(read.apply(node));
    }
}
