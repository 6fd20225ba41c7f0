package org.xenfleet.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.fleet.RunStore;

class FileRunStoreTest extends RunStoreContract {
    @TempDir
    Path parent;

    @Override
    protected RunStore openAnother() throws IOException {
        return FileRunStore.open(folder(), "run-1");
    }

    @Test
    void shouldKeepOneReadableFileAPiece() throws IOException {
        try (RunStore store = openAnother()) {
            store.put("pool-a/0#3", new byte[] {1, 2, 3});
            store.put("Last", new byte[0]);
        }

        assertThat(names()).containsExactly("=last.piece", "pool-a,0#3.piece", "store.mark");
        // 20 bytes of head, the name, the content.
        assertThat(Files.size(folder().resolve("pool-a,0#3.piece"))).isEqualTo(20 + 10 + 3);
    }

    @Test
    void shouldLeaveNothingOutsideItsFolder() throws IOException {
        try (RunStore store = openAnother()) {
            store.put("../../outside", new byte[] {1});
            store.put("/outside", new byte[] {1});
            store.remove("../");
        }

        assertThat(names()).containsExactly(",outside.piece", "store.mark");
        assertThat(parent).isDirectoryContaining(path -> path.equals(folder()));
        try (Stream<Path> beside = Files.list(parent)) {
            assertThat(beside).containsExactly(folder());
        }
    }

    @Test
    void shouldNameTheFileOfADamagedPiece() throws IOException {
        Path file = folder().resolve("piece.piece");
        try (RunStore store = openAnother()) {
            store.put("piece", NumberedBytes.of(1, 1000));
            byte[] whole = Files.readAllBytes(file);

            for (int at : new int[] {0, 7, 8, 11, 12, 15, 16, 19, 20, 24, 25, 500, 1024}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 1;
                Files.write(file, flipped);
                assertDamaged(store, file);
            }
            for (int length : new int[] {0, 1, 19, 20, 24, 25, 500, 1024}) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertDamaged(store, file);
            }
            Files.write(file, Arrays.copyOf(whole, whole.length + 1));
            assertDamaged(store, file);

            store.put("piece", new byte[] {1});
            assertThat(store.get("piece")).hasValue(new byte[] {1});
        }
    }

    @Test
    void shouldNotTakeOnePieceForAnother() throws IOException {
        try (RunStore store = openAnother()) {
            store.put("one", new byte[] {1});
            Files.copy(folder().resolve("one.piece"), folder().resolve("two.piece"));

            assertThatThrownBy(() -> store.get("two"))
                    .isInstanceOf(DamagedPiece.class)
                    .hasMessage(
                            "The checkpoint " + folder().resolve("two.piece") + " is damaged: it holds the piece one.");
        }
    }

    @Test
    void shouldLeaveFilesAloneThatAreNoPieces() throws IOException {
        try (RunStore store = openAnother()) {
            Files.writeString(folder().resolve("README"), "mine");
            Files.writeString(folder().resolve("NOTES.piece"), "mine");

            store.remove("");
        }

        assertThat(names()).containsExactly("NOTES.piece", "README", "store.mark");
    }

    @Test
    void shouldSayThatItsFolderIsGone() throws IOException {
        try (RunStore store = openAnother()) {
            Files.delete(folder().resolve("store.mark"));
            Files.delete(folder());

            assertThatThrownBy(() -> store.put("piece", new byte[] {1}))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Cannot write " + folder().resolve("piece.piece") + ": its folder does not exist.");
            assertThatThrownBy(() -> store.get("piece"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Cannot read " + folder());
        }
    }

    @Test
    void shouldRemoveWhatAKilledWriterLeft() throws IOException {
        Path left = folder().resolve(".draft+4711-19c0ffee-0");
        openAnother().close();
        Files.writeString(left, "half a pie");

        try (RunStore store = openAnother()) {
            assertThat(left).doesNotExist();
            Files.writeString(left, "half a pie");
            store.remove("none");
            assertThat(left).doesNotExist();
        }
    }

    private static void assertDamaged(RunStore store, Path file) {
        assertThatThrownBy(() -> store.get("piece"))
                .isInstanceOf(DamagedPiece.class)
                .hasMessageStartingWith("The checkpoint " + file + " is damaged: ");
    }

    private Path folder() {
        return parent.resolve("checkpoints");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
