package org.xenfleet.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.fleet.store.StoreRefused;

class ServerAccessTest {
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> ENVIRONMENT = Map.of("PGPASSWORD", "of the environment");

    @TempDir
    Path folder;

    @Test
    void shouldTakeThePasswordOutOfTheUrl() throws StoreRefused {
        StoreLocation where = StoreLocation.of("jdbc:postgresql://db:5433/x?user=u&password=a%26b");

        PGSimpleDataSource source = ServerAccess.to(where, ENVIRONMENT);

        assertThat(source.getUser()).isEqualTo("u");
        assertThat(source.getPassword()).isEqualTo("a&b");
        assertThat(source.getUrl()).startsWith("jdbc:postgresql://db:5433/x").doesNotContain("a%26b", "a&b");
    }

    @Test
    void shouldReadThePasswordFromTheFirstLineOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "of the file \nnever read\n");
        StoreLocation where = StoreLocation.of("jdbc:postgresql://db/x").withPasswordFile(file);

        assertThat(ServerAccess.to(where, ENVIRONMENT).getPassword()).isEqualTo("of the file ");
    }

    @Test
    void shouldTakeThePasswordOfTheEnvironmentLast() throws StoreRefused {
        StoreLocation where = StoreLocation.of("jdbc:postgresql://db/x");

        assertThat(ServerAccess.to(where, ENVIRONMENT).getPassword()).isEqualTo("of the environment");
        assertThat(ServerAccess.to(where, NOTHING).getPassword()).isNull();
    }

    @Test
    void shouldRefuseWhatTheDriverDoesNotKnow() throws StoreRefused {
        StoreLocation misspelt = StoreLocation.of("jdbc:postgresql://db/x?usr=u&password=secret");
        StoreLocation badPort = StoreLocation.of("jdbc:postgresql://db:many/x?password=secret");

        // Through the factory, which has found this module by its name in META-INF.
        assertThatThrownBy(() -> RunStores.open(misspelt, "run-1"))
                .isInstanceOf(StoreRefused.class)
                .hasMessage(
                        "The URL jdbc:postgresql://db/x?usr=u&password=*** has a parameter that the driver of PostgreSQL does"
                                + " not know: usr.");
        assertThatThrownBy(() -> RunStores.join(badPort, "run-1"))
                .isInstanceOf(StoreRefused.class)
                .hasNoCause()
                .hasMessageStartingWith(
                        "The driver of PostgreSQL cannot read the URL jdbc:postgresql://db:many/x?password=***;");
    }

    @Test
    void shouldWaitNeverForEverUnlessTheUserSaysSo() throws StoreRefused {
        PGSimpleDataSource plain = ServerAccess.to(StoreLocation.of("jdbc:postgresql://db/x"), NOTHING);
        PGSimpleDataSource patient = ServerAccess.to(
                StoreLocation.of("jdbc:postgresql://db/x?connectTimeout=60&socketTimeout=600&ApplicationName=mine"),
                NOTHING);

        assertThat(plain.getConnectTimeout()).isEqualTo(5);
        assertThat(plain.getLoginTimeout()).isEqualTo(10);
        assertThat(plain.getSocketTimeout()).isEqualTo(30);
        assertThat(plain.getApplicationName()).isEqualTo("xenfleet");
        assertThat(patient.getConnectTimeout()).isEqualTo(60);
        assertThat(patient.getSocketTimeout()).isEqualTo(600);
        assertThat(patient.getApplicationName()).isEqualTo("mine");
    }
}
