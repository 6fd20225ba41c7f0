package org.xenfleet.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.fleet.RunStore;

class RunStoresTest {
    @TempDir
    Path folder;

    @Test
    void shouldOpenAFolderAndLetOthersJoin() throws IOException {
        StoreLocation where = StoreLocation.of(folder.resolve("new/checkpoints").toString());

        try (RunStore store = RunStores.open(where, "run-1");
                RunStore joined = RunStores.join(StoreLocation.of(where.forOthers()), "run-1")) {
            store.put("piece", new byte[] {1});
            assertThat(joined.get("piece")).hasValue(new byte[] {1});
        }
    }

    @Test
    void shouldTellOthersTheFullPathOfAFolder() throws StoreRefused {
        assertThat(StoreLocation.of("runs/../x").forOthers())
                .isEqualTo(Path.of("x").toAbsolutePath().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:x",
                "jdbc:mysql://db/x",
                "postgresql://db/x",
                "http://db/x",
                "file:/tmp/x",
                "s3://bucket",
                "with:colon"
            })
    void shouldRefuseOtherKinds(String place) {
        assertThatThrownBy(() -> StoreLocation.of(place))
                .isInstanceOf(StoreRefused.class)
                .hasMessage("There is no store of the kind " + place + ". A store is a folder, or"
                        + " jdbc:postgresql://HOST/DATABASE. If it is a folder, write ./ before it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void shouldRefuseAnEmptyPlace(String place) {
        assertThatThrownBy(() -> StoreLocation.of(place))
                .isInstanceOf(StoreRefused.class)
                .hasMessageStartingWith("The place of the store is empty.");
    }

    @Test
    void shouldRefuseWhatCannotBeAPath() {
        assertThatThrownBy(() -> StoreLocation.of("a\0b"))
                .isInstanceOf(StoreRefused.class)
                .hasMessageContaining("cannot name a folder");
    }

    @Test
    void shouldTakeAFolderWithAColonThatIsClearlyOne() throws StoreRefused {
        assertThat(StoreLocation.of("./with:colon").isShared()).isFalse();
    }

    @Test
    void shouldSayThatTheModuleOfAnUrlIsMissing() throws StoreRefused {
        StoreLocation where = StoreLocation.of("jdbc:postgresql://db/x?user=u&password=secret");

        assertThat(where.isShared()).isTrue();
        assertThatThrownBy(() -> RunStores.open(where, "run-1"))
                .isInstanceOf(StoreRefused.class)
                .hasMessage(
                        "Nothing on the class path knows how to use jdbc:postgresql://db/x?user=u&password=***; the module"
                                + " postgresql and its libraries are missing.");
    }

    @ParameterizedTest
    @CsvSource({
        "/some/folder, /some/folder",
        "jdbc:postgresql://db:5433/x, jdbc:postgresql://db:5433/x",
        "jdbc:postgresql://db/x?user=u, jdbc:postgresql://db/x?user=u",
        "jdbc:postgresql://db/x?password=a%26b&user=u@v, jdbc:postgresql://db/x?password=***&user=u@v",
        "jdbc:postgresql://db/x?sslPassword=s&ssl=true&PASSWORD=t, jdbc:postgresql://db/x?sslPassword=***&ssl=true&PASSWORD=***",
        "jdbc:postgresql://u:s:e/c@r@db/x, jdbc:postgresql://u:***@db/x",
        "postgresql://u:secret@db/x, postgresql://u:***@db/x",
    })
    void shouldHidePasswords(String place, String shown) {
        assertThat(RunStores.redacted(place)).isEqualTo(shown);
    }

    @Test
    void shouldRefuseAUserBeforeTheHostAndShowNoPassword() {
        assertThatThrownBy(() -> StoreLocation.of("jdbc:postgresql://u:secret@db/x"))
                .isInstanceOf(StoreRefused.class)
                .hasMessage("The URL jdbc:postgresql://u:***@db/x names a user before the host; write it behind:"
                        + " jdbc:postgresql://HOST/DATABASE?user=NAME.");
    }

    @Test
    void shouldTellOthersNoPassword() throws StoreRefused {
        StoreLocation where =
                StoreLocation.of("jdbc:postgresql://db/x?password=a%26b%2B&ssl=true&user=u&sslpassword=t");

        assertThat(where.forOthers()).isEqualTo("jdbc:postgresql://db/x?ssl=true&user=u");
        assertThat(where).asString().doesNotContain("a%26b");
        assertThat(where.url().value("password")).hasValue("a&b+");
    }

    @Test
    void shouldTakeAPasswordOnceAndOnlyWhereOneIsUsed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "word \nnever read\n");
        Path file = Path.of("secret.txt");

        assertThat(StoreLocation.of("jdbc:postgresql://db/x")
                        .withPasswordFile(secret)
                        .password())
                .hasValue("word ");
        assertThatThrownBy(() -> StoreLocation.of("folder").withPasswordFile(file))
                .isInstanceOf(StoreRefused.class)
                .hasMessage("The store folder is a folder, which takes no password.");
        assertThatThrownBy(() ->
                        StoreLocation.of("jdbc:postgresql://db/x?password=p").withPasswordFile(file))
                .isInstanceOf(StoreRefused.class)
                .hasMessage(
                        "The password of jdbc:postgresql://db/x?password=*** is in the URL and in the file secret.txt; give it"
                                + " once, better by the file.");
    }

    @Test
    void shouldRefuseAPasswordFileThatHasNone() throws IOException {
        StoreLocation where = StoreLocation.of("jdbc:postgresql://db/x");
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> where.withPasswordFile(empty).password())
                .isInstanceOf(StoreRefused.class)
                .hasMessage("The first line of " + empty + " is to be a password, and is empty.");
        assertThatThrownBy(() -> where.withPasswordFile(missing).password())
                .isInstanceOf(StoreRefused.class)
                .hasMessageStartingWith("Cannot read the password in " + missing + ": ");
    }
}
