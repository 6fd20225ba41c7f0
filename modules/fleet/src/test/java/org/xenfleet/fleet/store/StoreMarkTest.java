package org.xenfleet.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which machine may use the folder of a store. */
class StoreMarkTest {
    private static final Machine ADA = machine("ada", "id-of-ada", "boot-1");
    private static final Machine ADA_RESTARTED = machine("ada", "id-of-ada", "boot-2");
    private static final Machine CONTAINER_ON_ADA = machine("3f2a91", "id-of-image", "boot-1");
    private static final Machine BOB = machine("bob", "id-of-bob", "boot-3");
    private static final Machine ANOTHER_ADA = machine("ada", "id-of-another", "boot-4");
    private static final Machine MAC = new Machine("mac", Optional.empty(), Optional.empty());
    private static final Machine OTHER_MAC = new Machine("other-mac", Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    @BeforeEach
    void begin() throws IOException {
        FileRunStore.open(folder, "run-1", ADA).close();
    }

    @Test
    void shouldLetProcessesOfOneMachineIn() {
        assertThatCode(() -> FileRunStore.open(folder, "run-1", ADA)).doesNotThrowAnyException();
        assertThatCode(() -> FileRunStore.join(folder, "run-1", ADA)).doesNotThrowAnyException();
        assertThatCode(() -> FileRunStore.join(folder, "run-1", CONTAINER_ON_ADA))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseANodeOnAnotherMachine() {
        assertThatThrownBy(() -> FileRunStore.join(folder, "run-1", BOB))
                .isInstanceOf(StoreRefused.class)
                .hasMessage("The checkpoints in " + folder
                        + " are those of machine ada, and this is machine bob. Nodes on several"
                        + " machines need a shared store: give --store jdbc:postgresql://HOST/DATABASE.");
    }

    @Test
    void shouldRefuseToResumeOnAnotherMachineUntilTheMarkIsRemoved() throws IOException {
        Path mark = folder.resolve("store.mark");
        byte[] before = Files.readAllBytes(mark);

        assertThatThrownBy(() -> FileRunStore.open(folder, "run-1", BOB))
                .isInstanceOf(StoreRefused.class)
                .hasMessageContaining("are those of machine ada, and this is machine bob.")
                .hasMessageEndingWith("If no process of the run lives on ada any more, remove " + mark
                        + ", and the run can be resumed here.");
        assertThat(mark).hasBinaryContent(before);

        Files.delete(mark);
        FileRunStore.open(folder, "run-1", BOB).close();
        assertThatThrownBy(() -> FileRunStore.join(folder, "run-1", ADA)).isInstanceOf(StoreRefused.class);
    }

    @Test
    void shouldResumeAfterARestartAndThenLetNodesJoin() throws IOException {
        assertThatThrownBy(() -> FileRunStore.join(folder, "run-1", ADA_RESTARTED))
                .isInstanceOf(StoreRefused.class)
                .hasMessageContaining("another machine that is called ada too.");

        FileRunStore.open(folder, "run-1", ADA_RESTARTED).close();

        assertThatCode(() -> FileRunStore.join(folder, "run-1", ADA_RESTARTED)).doesNotThrowAnyException();
        assertThatThrownBy(() -> FileRunStore.join(folder, "run-1", ADA)).isInstanceOf(StoreRefused.class);
    }

    @Test
    void shouldTellTwoMachinesOfOneNameApart() {
        assertThatThrownBy(() -> FileRunStore.open(folder, "run-1", ANOTHER_ADA))
                .isInstanceOf(StoreRefused.class)
                .hasMessageStartingWith(
                        "The checkpoints in " + folder + " are those of another machine that is called ada too. ");
    }

    @Test
    void shouldGoByTheNameWhereThereIsNothingElse() throws IOException {
        Path other = folder.resolve("on-mac");
        FileRunStore.open(other, "run-1", MAC).close();

        assertThatCode(() -> FileRunStore.join(other, "run-1", MAC)).doesNotThrowAnyException();
        assertThatThrownBy(() -> FileRunStore.join(other, "run-1", OTHER_MAC)).isInstanceOf(StoreRefused.class);
    }

    @Test
    void shouldRefuseANodeThatFindsNoStoreAndMakeNone() {
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> FileRunStore.join(nowhere, "run-1", BOB))
                .isInstanceOf(StoreRefused.class)
                .hasMessageStartingWith("There are no checkpoints of a run in " + nowhere
                        + " on this machine, bob. Nodes on several machines");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void shouldRefuseTheFolderOfAnotherRun() {
        assertThatThrownBy(() -> FileRunStore.open(folder, "run-2", ADA))
                .isInstanceOf(StoreRefused.class)
                .hasMessage("The checkpoints in " + folder
                        + " are those of the run run-1, not of run-2; give each run a folder of its own.");
        assertThatThrownBy(() -> FileRunStore.join(folder, "run-2", ADA)).isInstanceOf(StoreRefused.class);
    }

    @Test
    void shouldRefuseAFolderThatIsSomethingElse() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(home.resolve("thesis.txt"), "dear");

        assertThatThrownBy(() -> FileRunStore.open(home, "run-1", ADA))
                .isInstanceOf(StoreRefused.class)
                .hasMessage(home
                        + " holds something else than checkpoints, such as thesis.txt; name a folder that does not exist"
                        + " yet or is empty.");
        assertThat(home.resolve("store.mark")).doesNotExist();
    }

    @Test
    void shouldRefuseAFileInPlaceOfAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> FileRunStore.open(file, "run-1", ADA))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot write " + file + ": there is a file of that name.");
    }

    @Test
    void shouldRefuseAMarkThatSaysNothingOrIsNewer() throws IOException {
        Path mark = folder.resolve("store.mark");
        Files.writeString(mark, "run = run-1\n");
        assertThatThrownBy(() -> FileRunStore.open(folder, "run-1", ADA))
                .isInstanceOf(StoreRefused.class)
                .hasMessageStartingWith("The file " + mark + " does not say whose checkpoints lie beside it.");

        Files.writeString(mark, "format = 2\nrun = run-1\nhost = ada\n");
        assertThatThrownBy(() -> FileRunStore.open(folder, "run-1", ADA))
                .isInstanceOf(StoreRefused.class)
                .hasMessageEndingWith("their format is 2, and this release knows format 1.");
    }

    @Test
    void shouldFindTheSameMachineAgain() {
        Machine here = Machine.here();

        assertThat(here).isEqualTo(Machine.here());
        assertThat(here.host()).isNotBlank();
        assertThat(here.isTogetherWith(Machine.here())).isTrue();
        assertThat(here.isAgain(Machine.here())).isTrue();
        assertThat(here.boot().isPresent()).isEqualTo(Files.exists(Path.of("/proc/sys/kernel/random/boot_id")));
    }

    private static Machine machine(String host, String id, String boot) {
        return new Machine(host, Optional.of(id), Optional.of(boot));
    }
}
