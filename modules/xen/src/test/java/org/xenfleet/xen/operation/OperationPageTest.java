package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OperationPageTest {
    private static final Path PAGE = Path.of("../../docs/operations.md");

    /** To renew the page: run this test with {@code -Dsurefire.argLine=-Dxenfleet.docs.write=true}. */
    @Test
    void theDocumentationIsWhatTheCatalogueSays() throws IOException {
        if (Boolean.getBoolean("xenfleet.docs.write")) {
            Files.writeString(PAGE, OperationPage.text());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(OperationPage.text());
    }
}
