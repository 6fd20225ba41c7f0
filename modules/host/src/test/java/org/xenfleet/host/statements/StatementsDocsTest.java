package org.xenfleet.host.statements;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementsDocsTest {
    private static final Path PAGE = Path.of("../../docs/statements.md");

    @TempDir
    Path folder;

    /** To renew the page: run this test with {@code -Dsurefire.argLine=-Dxenfleet.docs.write=true}. */
    @Test
    void theDocumentationIsWhatTheStatementsComeTo() throws IOException {
        String page = new StatementsPage(folder).page();
        if (Boolean.getBoolean("xenfleet.docs.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }
}
