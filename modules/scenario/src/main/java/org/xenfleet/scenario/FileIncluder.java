package org.xenfleet.scenario;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;
import java.util.List;

/** Answers the includes of one text: files below the scenario's folder, nothing else. */
final class FileIncluder implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    private final Hocon hocon;
    private final SourceText from;
    private final List<Sources.Found> chain;

    /** @param chain the files from the top one to {@code from} */
    FileIncluder(Hocon hocon, SourceText from, List<Sources.Found> chain) {
        this.hocon = hocon;
        this.from = from;
        this.chain = chain;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        return hocon.include(from, what, chain);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        return hocon.include(from, what.getPath(), chain);
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        throw refused("url", what.toString());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
        throw refused("classpath", what);
    }

    private Refused refused(String kind, String what) {
        return new Refused(from.placeOfInclude(what)
                .problem("include " + kind + "(\"" + what + "\") is refused: only files below the scenario's folder are"
                        + " included, for example include \"base.conf\""));
    }
}
