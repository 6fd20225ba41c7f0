package org.xenfleet.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenfleet.cli.house.bad.host.AsksTheWorld;
import org.xenfleet.cli.house.bad.host.Hashes;
import org.xenfleet.cli.house.bad.scenario.Remembers;

/** Holds the house against its rules, and every rule against a house that breaks it. */
class HouseRulesTest {
    private static final HouseRules RULES = new HouseRules("org.xenfleet");
    private static final HouseRules BAD_RULES = new HouseRules("org.xenfleet.cli.house.bad");
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.xenfleet");
    private static final JavaClasses BAD = new ClassFileImporter().importPackages("org.xenfleet.cli.house.bad");

    static Stream<String> modules() {
        return HouseRules.directions().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldPointDown(String module) {
        RULES.modulesPointDown(module).check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldReportAModuleThatPointsUp(String module) {
        assertThat(broken(BAD_RULES.modulesPointDown(module)))
                .anySatisfy(line -> assertThat(line).contains("bad." + module + ".KnowsTheTop"));
    }

    @Test
    void shouldHaveNoClassOutsideTheKnownModules() {
        RULES.everyClassHasItsModule().check(HOUSE);

        assertThat(broken(BAD_RULES.everyClassHasItsModule()))
                .singleElement()
                .asString()
                .contains("bad.attic.Stray");
    }

    @Test
    void shouldKeepActorsOutOfTheRules() {
        RULES.rulesAreNotActors().check(HOUSE);

        assertThat(broken(BAD_RULES.rulesAreNotActors()))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("bad.xen.SpeaksPekko"));
    }

    @Test
    void shouldAskNoClockNoChanceAndNoMachineInASimulation() {
        RULES.simulationAsksNobodyOutside().check(HOUSE);

        assertEveryMemberReported(BAD_RULES.simulationAsksNobodyOutside(), AsksTheWorld.class);
    }

    @Test
    void shouldDependOnTheOrderOfNoHashTableInASimulation() {
        RULES.simulationDependsOnNoHashOrder().check(HOUSE);

        assertEveryMemberReported(BAD_RULES.simulationDependsOnNoHashOrder(), Hashes.class);
    }

    @Test
    void shouldLetActorsOfAHostMeetInProtocolsOnly() {
        RULES.actorsKnowOnlyProtocols().check(HOUSE);

        String left = "org.xenfleet.cli.house.bad.host.Left";
        String right = "org.xenfleet.cli.house.bad.host.Right";
        assertThat(broken(BAD_RULES.actorsKnowOnlyProtocols()))
                .containsExactlyInAnyOrder(
                        left + " knows the actors [" + left + ", " + right + "]",
                        "org.xenfleet.cli.house.bad.host.Matchmaker knows the actors [" + left + ", " + right + "]");
    }

    @Test
    void shouldHaveNoStaticStateThatChanges() {
        RULES.nothingStaticChanges().check(HOUSE);

        List<String> broken = broken(BAD_RULES.nothingStaticChanges());
        assertThat(BAD.get(Remembers.class).getFields())
                .isNotEmpty()
                .allSatisfy(field ->
                        assertThat(broken).anyMatch(line -> line.contains("Remembers." + field.getName() + " ")));
        assertThat(broken).anyMatch(line -> line.contains("java.util.ArrayList"));
    }

    private static void assertEveryMemberReported(ArchRule rule, Class<?> culprit) {
        List<String> broken = broken(rule);
        assertThat(BAD.get(culprit).getMethods())
                .extracting(JavaMember::getFullName)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(broken).anyMatch(line -> line.contains("<" + name + ">")));
    }

    private static List<String> broken(ArchRule rule) {
        return rule.evaluate(BAD).getFailureReport().getDetails();
    }
}
