package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceKeysTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dm_restrict = 1                    | true
            dm_restrict = "0x10"               | true
            dm_restrict = 0                    | false
            dm_restrict = 0x0                  | false
            dm_restrict = "yes"                | false
            dm_restrict = [ 1 ]                | false
            dm_restrict = 1; dm_restrict += 1  | false
            dm_restrict = 0; dm_restrict = 1   | true
            memory = 1                         | false
            """)
    void shouldReadAFlagAsXlDoes(String text, boolean set) throws Exception {
        assertThat(read(text).deviceModelRestricted()).isEqualTo(set);
        assertThat(read(text.replace("dm_restrict", "driver_domain")).driverDomain())
                .isEqualTo(set);
    }

    private static ServiceKeys read(String text) throws XlSyntaxException {
        return ServiceKeys.read(XlParser.parse("g.cfg", text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
