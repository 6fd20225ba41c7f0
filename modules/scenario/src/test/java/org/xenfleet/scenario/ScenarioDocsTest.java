package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScenarioDocsTest {
    private static final Path PAGE = Path.of("../../docs/scenario.md");

    /** To renew the page: run this test with {@code -Dsurefire.argLine=-Dxenfleet.docs.write=true}. */
    @Test
    void theDocumentationIsWhatTheTableOfKeysSays() throws IOException {
        if (Boolean.getBoolean("xenfleet.docs.write")) {
            Files.writeString(PAGE, ScenarioDocs.page());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(ScenarioDocs.page());
    }
}
