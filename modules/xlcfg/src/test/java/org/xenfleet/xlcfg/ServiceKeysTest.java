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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            memory = 1                                  | 0 | false | -1   | -1
            pci = [ "0000:03:00.0", "03:00.1" ]         | 2 | false | -1   | -1
            pci = [ "03:00.0" ]; pci += [ "03:00.1" ]   | 2 | false | -1   | -1
            pci = "03:00.0"                             | 0 | false | -1   | -1
            hap = 0                                     | 0 | true  | -1   | -1
            hap = 1                                     | 0 | false | -1   | -1
            max_event_channels = 4095                   | 0 | false | 4095 | -1
            max_maptrack_frames = "0x800"               | 0 | false | -1   | 2048
            max_maptrack_frames = "many"                | 0 | false | -1   | -1
            """)
    void shouldReadWhatMakesAFlawOfUse(String text, int devices, boolean shadow, long channels, long frames)
            throws Exception {
        ServiceKeys keys = read(text);

        assertThat(keys.pciDevices()).isEqualTo(devices);
        assertThat(keys.shadowPaging()).isEqualTo(shadow);
        assertThat(keys.eventChannels().orElse(-1)).isEqualTo(channels);
        assertThat(keys.maptrackFrames().orElse(-1)).isEqualTo(frames);
    }

    private static ServiceKeys read(String text) throws XlSyntaxException {
        return ServiceKeys.read(XlParser.parse("g.cfg", text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
