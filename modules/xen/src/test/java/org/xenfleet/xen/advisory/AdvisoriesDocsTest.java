package org.xenfleet.xen.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AdvisoriesDocsTest {
    private static final Path PAGE = Path.of("../../docs/advisories.md");

    /** To renew the page: run this test with {@code -Dsurefire.argLine=-Dxenfleet.docs.write=true}. */
    @Test
    void thePageIsWhatTheCatalogueSays() throws IOException {
        String page = AdvisoriesPage.of(AdvisoryCatalogue.shipped());

        if (Boolean.getBoolean("xenfleet.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }
}
