package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.Costs;

/** Values of the table of xen-semantics section 6. */
class CostKeysTest {
    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).scenario("");
    }

    private CostChoice costs(String... settings) throws ScenarioException {
        return folder.load(settings).scenario().costChoice();
    }

    @ParameterizedTest
    @CsvSource({
        "low, 100, 300, 30, 1000, 150, 400, 300, 1500, 1000, 2000",
        "default, 250, 600, 50, 2000, 300, 700, 1000, 3000, 2000, 5000",
        "high, 500, 1500, 100, 5000000, 1000, 1500, 5000, 10000, 5000, 30000"
    })
    void aLevelIsAColumnOfTheTable(
            String level,
            long entry,
            long table,
            long flushIdle,
            long flushBase,
            long pv,
            long hvm,
            long pass,
            long contextSwitch,
            long violation,
            long wake)
            throws ScenarioException {
        CostChoice choice = costs("costs.level=" + level);

        Costs costs = choice.costs();
        assertThat(choice.level().label()).isEqualTo(level);
        assertThat(choice.changed()).isEmpty();
        assertThat(costs.iteration("p2m-entry")).isEqualTo(entry);
        assertThat(costs.p2mTable()).isEqualTo(table);
        assertThat(costs.flushIdle()).isEqualTo(flushIdle);
        assertThat(costs.flushBase()).isEqualTo(flushBase);
        assertThat(costs.hypercallPv()).isEqualTo(pv);
        assertThat(costs.hypercallHvm()).isEqualTo(hvm);
        assertThat(costs.softirqPass()).isEqualTo(pass);
        assertThat(costs.contextSwitch()).isEqualTo(contextSwitch);
        assertThat(costs.eptViolation()).isEqualTo(violation);
        assertThat(costs.wakeIdleCpu()).isEqualTo(wake);
    }

    /** On two pCPUs: 1 + 2 x 0.2 us, 2 + 2 x 0.5 us, 5 ms. */
    @ParameterizedTest
    @CsvSource({"low, 1400", "default, 3000", "high, 5000000"})
    void aFlushOfTwoPcpusCostsWhatTheTableSays(String level, long ns) throws ScenarioException {
        assertThat(costs("costs.level=" + level).costs().flush(2)).isEqualTo(ns);
    }

    @Test
    void whatTheScenarioSaysOfACostWinsAndIsToldIfItIsAnother() throws ScenarioException {
        CostChoice choice = costs("costs.level=high", "costs.p2m-entry=900ns", "costs.p2m-table=1500ns");

        assertThat(choice.level()).isEqualTo(CostLevel.HIGH);
        assertThat(choice.costs().iteration("p2m-entry")).isEqualTo(900);
        assertThat(choice.costs().flushIdle()).isEqualTo(100);
        assertThat(choice.changed()).containsExactly("p2m-entry");
    }

    @Test
    void anUnknownLevelIsRefused() {
        assertThat(folder.problem("costs.level=hihg"))
                .contains("costs.level = hihg is not known; it must be one of low, default, high");
    }

    /** Every value stands in the resolved scenario, and the level with them. */
    @Test
    void theResolvedScenarioSaysTheSame() throws ScenarioException {
        String resolved =
                folder.load("costs.level=low", "costs.context-switch=2us").resolvedText();

        assertThat(resolved)
                .contains("\"level\": \"low\"")
                .contains("\"p2m-entry\": \"100ns\"")
                .contains("\"context-switch\": \"2us\"");
    }
}
