package org.xenfleet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.xenfleet.fleet.Simulation;
import picocli.CommandLine.IVersionProvider;

/** Which Xenfleet this is. */
final class Version implements IVersionProvider {

    /** The version of the program, or "unknown" if it was built in an unusual way. */
    static String program() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }

    /** Version and vendor of the Java machine. */
    static String java() {
        return System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }

    /** Name, version and architecture of the operating system. */
    static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "xenfleet " + program(), "model " + Simulation.MODEL_VERSION, "Java " + java() + " on " + system()
        };
    }
}
