package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every rule and trap of part 2 of xlcfg-grammar, each with a few guests and what a dry run of xl makes of them ({@link
 * Observed}): whether it takes them, whether it warns, and what they come to. Pins no wording. Only what {@link
 * GuestConfig#read} says it is stricter about may differ.
 */
class WrittenGuestsTest {
    private static final int CPUS = 16;
    private static final int NODES = 2;
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<JsonNode> CASES =
            Observed.lines("guests.jsonl").stream().map(JSON::readTree).toList();

    @Test
    void shouldHaveGuestsOfEveryKind() {
        assertThat(CASES).hasSize(574);
        assertThat(CASES).extracting(c -> c.path("exit").asString()).contains("0", "1", "3", "6", "crash");
        assertThat(CASES)
                .extracting(c -> c.path("rule").asString().split(" ")[0])
                .contains("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9", "2.10", "2.11", "2.12");
    }

    @Test
    void shouldBeStricterThanXlOnlyForFiveOfThem() {
        assertThat(CASES.stream().filter(WrittenGuestsTest::isTakenByXlAlone)).hasSize(5);
    }

    private static boolean isTakenByXlAlone(JsonNode wanted) {
        return wanted.path("exit").asString().equals("0")
                && catchThrowable(() -> read(wanted)) instanceof XlConfigException refused
                && Stricter.than(refused.problems());
    }

    @TestFactory
    Stream<DynamicTest> shouldReadAsXlDoes() {
        return CASES.stream()
                .filter(c -> !isTakenByXlAlone(c))
                .map(c -> dynamicTest(c.path("rule").asString() + ": " + c.path("text"), () -> compare(c)));
    }

    private static GuestConfig read(JsonNode wanted) throws XlSyntaxException, XlConfigException {
        GuestConfig guest = Xl.guest(wanted.path("text").asString());
        for (int vcpu = 0; vcpu < guest.maxVcpus(); vcpu++) {
            guest.cpus().resolve(vcpu, CPUS, NODES);
        }
        return guest;
    }

    private static void compare(JsonNode wanted) throws XlSyntaxException, XlConfigException {
        if (!wanted.path("exit").asString().equals("0")) {
            Throwable refused = catchThrowable(() -> read(wanted));
            // The nodes of the host are for the caller to compare.
            if (refused == null) {
                assertThat(read(wanted).nodesNeeded()).isGreaterThan(NODES);
            } else {
                assertThat(refused).isInstanceOfAny(XlConfigException.class, XlSyntaxException.class);
            }
            return;
        }
        GuestConfig guest = read(wanted);
        if (wanted.path("warns").asBoolean()) {
            assertThat(guest.warnings()).isNotEmpty();
        }
        compareGuest(guest, wanted.path("guest"));
    }

    private static void compareGuest(GuestConfig guest, JsonNode wanted) throws XlConfigException {
        assertThat(guest.type().label()).isEqualTo(wanted.path("type").asString());
        assertThat(guest.vcpus()).isEqualTo(wanted.path("vcpus").asInt(1));
        assertThat(guest.maxVcpus())
                .isEqualTo(Math.max(1, wanted.path("max_vcpus").asInt(1)));
        assertThat(guest.maxMemMiB() * 1024).isEqualTo(wanted.path("max_memkb").asLong(32 * 1024));
        assertThat(guest.memoryMiB() * 1024)
                .isEqualTo(wanted.path("target_memkb").asLong(guest.maxMemMiB() * 1024));
        assertThat(guest.cpuWeight()).isEqualTo(wanted.path("weight").asInt(256));
        assertThat(guest.cap()).isEqualTo(wanted.path("cap").asInt(0));
        assertThat(guest.pool()).isEqualTo(given(wanted.path("pool"), JsonNode::asString));
        assertThat(guest.onCrash().label().replace('-', '_'))
                .isEqualTo(wanted.path("on_crash").asString().replace("restart_rename", "rename_restart"));
        assertThat(guest.deviceModelVersion().map(v -> v.replace('-', '_')))
                .isEqualTo(given(wanted.path("version"), JsonNode::asString));
        assertThat(guest.deviceModelStubdomain())
                .isEqualTo(wanted.path("stub").asBoolean() && guest.type() == GuestType.HVM);
        for (int vcpu = 0; vcpu < guest.maxVcpus(); vcpu++) {
            assertThat(guest.cpus()
                            .resolve(vcpu, CPUS, NODES)
                            .map(set -> set.stream().boxed().toList()))
                    .isEqualTo(given(wanted.path("hard").path(vcpu), WrittenGuestsTest::integers));
            assertThat(guest.cpusSoft()
                            .preference(vcpu, CPUS, NODES)
                            .map(set -> set.stream().boxed().toList()))
                    .isEqualTo(given(wanted.path("soft").path(vcpu), WrittenGuestsTest::integers));
        }
    }

    private static List<Integer> integers(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> array.path(i).asInt())
                .toList();
    }

    private static <T> Optional<T> given(JsonNode node, Function<JsonNode, T> read) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(read.apply(node));
    }
}
