package org.xenfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SensitivityTest {
    private static final Path PAGE = Path.of("../../docs/sensitivity.md");

    /** To renew the page: run this test with {@code -Dsurefire.argLine=-Dxenfleet.docs.write=true}. */
    @Test
    void thePageIsWhatTheShippedScenariosSay() throws Exception {
        String page = new SensitivityPage(Path.of("../../config")).text();

        if (Boolean.getBoolean("xenfleet.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }
}
