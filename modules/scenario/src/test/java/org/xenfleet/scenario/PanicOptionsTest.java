package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The watchdog and what follows a panic, as Xen's command line has them. */
class PanicOptionsTest {
    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).scenario("");
    }

    private XenSpec xen(String commandLine, String... settings) throws ScenarioException {
        String[] all = new String[settings.length + 1];
        all[0] = "hosts.h.xen.command-line=\"" + commandLine + "\"";
        System.arraycopy(settings, 0, all, 1, settings.length);
        return Folder.host(folder.load(all).scenario()).xen();
    }

    /** 0 stands for no watchdog. An option that comes later counts, as in Xen. */
    @ParameterizedTest
    @CsvSource({
        "'',0",
        "watchdog,5",
        "watchdog=1,5",
        "watchdog=yes,5",
        "watchdog=on,5",
        "watchdog=true,5",
        "watchdog=enable,5",
        "watchdog=0,0",
        "watchdog=no,0",
        "watchdog=off,0",
        "watchdog=false,0",
        "watchdog=disable,0",
        "no-watchdog,0",
        "watchdog no-watchdog,0",
        "no-watchdog watchdog,5",
        "watchdog_timeout=2,2",
        "watchdog_timeout=1000000,1000000",
        "watchdog_timeout=0,0",
        "watchdog watchdog_timeout=0,0",
        "watchdog_timeout=0 watchdog,0",
        "watchdog_timeout=30 watchdog=off,0",
        "watchdog=off watchdog_timeout=30,30",
        "watchdog_timeout=30 watchdog,30",
        "watchdog_timeout=30 watchdog_timeout=7,7"
    })
    void theWatchdogIsOnWhereXenHasItOn(String commandLine, int timeout) throws ScenarioException {
        assertThat(xen(commandLine).watchdog().map(WatchdogSpec::timeoutS))
                .isEqualTo(timeout == 0 ? Optional.empty() : Optional.of(timeout));
    }

    @Test
    void aForcedWatchdogIsOneWhereTheReleaseHasIt() throws ScenarioException {
        assertThat(xen("watchdog=force", "hosts.h.xen.version=4.17.7", "hosts.h.xen.scheduler=credit")
                        .watchdog())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "watchdog,true",
        "watchdog noreboot,false",
        "watchdog noreboot=1,false",
        "watchdog noreboot=0,true",
        "watchdog noreboot no-noreboot,true"
    })
    void xenRebootsAfterAPanicUnlessToldNotTo(String commandLine, boolean reboots) throws ScenarioException {
        assertThat(xen(commandLine).rebootsAfterPanic()).isEqualTo(reboots);
    }

    @Test
    void norebootWithoutAWatchdogIsSaidToChangeNothing() throws ScenarioException {
        assertThat(folder.notices("hosts.h.xen.command-line=noreboot"))
                .anySatisfy(n -> assertThat(n).contains("command-line has noreboot, which changes nothing"));
        assertThat(folder.notices("hosts.h.xen.command-line=\"watchdog noreboot\""))
                .noneSatisfy(n -> assertThat(n).contains("noreboot"));
    }

    @Test
    void thePhasesAreRandomUnlessGiven() throws ScenarioException {
        assertThat(xen("watchdog").watchdog())
                .contains(new WatchdogSpec(5, OptionalLong.empty(), OptionalLong.empty()));
        assertThat(xen("watchdog", "hosts.h.xen.watchdog-phase=250ms", "hosts.h.xen.nmi-phase=0ms")
                        .watchdog())
                .contains(new WatchdogSpec(5, OptionalLong.of(250_000_000), OptionalLong.of(0)));
    }

    @Test
    void aPhaseWithoutAWatchdogIsSaidToChangeNothing() throws ScenarioException {
        assertThat(folder.notices("hosts.h.xen.watchdog-phase=random")).isEqualTo(folder.notices());
        assertThat(folder.notices("hosts.h.xen.watchdog-phase=250ms"))
                .anySatisfy(n -> assertThat(n)
                        .endsWith("hosts.h.xen.watchdog-phase changes nothing: no watchdog is on the command-line"));
    }
}
