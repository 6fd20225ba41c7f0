package org.xenfleet.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of a scenario, parsed, merged and resolved by the HOCON library without the environment and without system
 * properties. Remembers where every value came from. One thread.
 */
final class Hocon {
    static final int MOST_INCLUDES = 1_000;

    /** The library carries this in every origin and message: the number of the text, then the line. */
    private static final Pattern ORIGIN = Pattern.compile("#(\\d+)#(?:: (\\d+)(?:-\\d+)?)?");

    /** {@code key=value} in HOCON, and the option of the command line that it comes from. */
    record Setting(String option, String text) {}

    private final Sources sources;
    private final List<SourceText> texts = new ArrayList<>();
    private int includes;
    private long bytes;
    private int keys;
    private double growth = 1;
    private final Substitutions substitutions = new Substitutions(new byte[0]);

    Hocon(Sources sources) {
        this.sources = sources;
    }

    /**
     * Reads the top file and the settings.
     *
     * @param settings later ones win
     * @throws Refused with the first error of syntax, include or substitution
     */
    ConfigObject read(List<Setting> settings) {
        Sources.Found top = sources.top();
        Place place = Place.of(top.display());
        SourceText text = new SourceText(top.display(), sources.folder(), sources.read(top, Sources.MOST_BYTES, place));
        Config config = parse(text, List.of(top)).toConfig();
        for (Setting setting : settings) {
            config = setting(setting).toConfig().withFallback(config);
        }
        Config merged = config;
        return guarded(
                place, () -> merged.resolve(ConfigResolveOptions.noSystem()).root());
    }

    /** Reads a file that is no part of the scenario's text, but stands for itself. */
    ConfigObject apart(Sources.Found found, Place by) {
        Path folder = found.real().getParent();
        SourceText text = new SourceText(
                found.display(),
                folder == null ? sources.folder() : folder,
                sources.read(found, Sources.MOST_BYTES, by));
        Config config = parse(text, List.of(found)).toConfig();
        return guarded(
                Place.of(found.display()),
                () -> config.resolve(ConfigResolveOptions.noSystem()).root());
    }

    /** Where a value stands; the column is that of its key, the last of {@code path}. */
    Place place(ConfigOrigin origin, List<String> path) {
        Matcher matcher = ORIGIN.matcher(origin.description());
        if (!matcher.find()) {
            return Place.of(sources.top().display());
        }
        SourceText text = texts.get(Integer.parseInt(matcher.group(1)));
        if (text.file().startsWith("--") || matcher.group(2) == null) {
            return Place.of(text.file());
        }
        return text.place(Integer.parseInt(matcher.group(2)), path);
    }

    /** The text that a value stands in: what relative names in it are relative to. */
    Path folder(ConfigOrigin origin) {
        Matcher matcher = ORIGIN.matcher(origin.description());
        return matcher.find() ? texts.get(Integer.parseInt(matcher.group(1))).folder() : sources.folder();
    }

    /** Parses a file that another includes. */
    ConfigObject include(SourceText from, String what, List<Sources.Found> chain) {
        Place place = from.placeOfInclude(what);
        if (from.file().startsWith("--")) {
            throw new Refused(place.problem("a setting cannot include a file"));
        }
        if (++includes > MOST_INCLUDES) {
            throw new Refused(place.problem("more than " + MOST_INCLUDES + " files are included"));
        }
        Sources.Found found = sources.find(from.folder(), what, "the included file", place);
        if (chain.stream().anyMatch(f -> f.real().equals(found.real()))) {
            List<String> names = new ArrayList<>();
            chain.forEach(f -> names.add(f.display()));
            names.add(found.display());
            throw new Refused(place.problem("the files include each other: " + String.join(" -> ", names)));
        }
        if (chain.size() >= TextScan.MOST_DEPTH) {
            throw new Refused(place.problem("includes are nested deeper than " + TextScan.MOST_DEPTH));
        }
        List<Sources.Found> longer = new ArrayList<>(chain);
        longer.add(found);
        Path folder = found.real().getParent();
        SourceText text = new SourceText(
                found.display(),
                folder == null ? sources.folder() : folder,
                sources.read(found, Sources.MOST_BYTES, place));
        return parse(text, longer);
    }

    private ConfigObject setting(Setting given) {
        String setting = given.text();
        String shown = setting.length() > 60 ? setting.substring(0, 60) + "..." : setting;
        Place place = Place.of(given.option() + " " + shown.replaceAll("\\s", " "));
        int equals = setting.indexOf('=');
        if (equals < 1 || setting.indexOf('\n') >= 0) {
            throw new Refused(place.problem("a setting is key=value on one line, for example hosts.server.cpus=8"));
        }
        String key = setting.substring(0, equals).strip();
        guarded(place, () -> ConfigUtil.splitPath(key));
        byte[] utf8 = setting.getBytes(StandardCharsets.UTF_8);
        return parse(new SourceText(place.file(), sources.folder(), utf8), List.of());
    }

    private ConfigObject parse(SourceText text, List<Sources.Found> chain) {
        bytes += text.text().length();
        keys += text.scan().keys();
        growth *= text.scan().growth();
        substitutions.add(text.scan().substitutions());
        Place place = Place.of(text.file());
        if (bytes > Sources.MOST_BYTES || keys > TextScan.MOST_KEYS) {
            throw new Refused(place.problem("with this file the scenario has more than "
                    + (bytes > Sources.MOST_BYTES
                            ? (Sources.MOST_BYTES >> 20) + " MiB of text"
                            : TextScan.MOST_KEYS + " keys and values")));
        }
        if ((long) includes * keys > MergeCost.MOST_COPIES) {
            throw new Refused(place.problem("with this file the scenario has " + includes + " includes and " + keys
                    + " keys and values; so many of both take too long to merge"));
        }
        String tooMany = substitutions.problem(bytes, growth);
        if (!tooMany.isEmpty()) {
            throw new Refused(place.problem(tooMany));
        }
        int number = texts.size();
        texts.add(text);
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF)
                .setOriginDescription("#" + number + "#")
                .setIncluder(new FileIncluder(this, text, chain));
        return guarded(
                place, () -> ConfigFactory.parseString(text.text(), options).root());
    }

    private interface Step<T> {
        T run();
    }

    private <T> T guarded(Place place, Step<T> step) {
        try {
            return step.run();
        } catch (Refused e) {
            throw e;
        } catch (ConfigException e) {
            throw new Refused(problem(place, e));
        } catch (StackOverflowError e) {
            throw new Refused(place.problem("is nested too deeply to be read"));
        } catch (RuntimeException e) {
            throw new Refused(place.problem("cannot be read as HOCON: " + e));
        }
    }

    private Problem problem(Place fallback, ConfigException e) {
        String message = String.valueOf(e.getMessage());
        Matcher matcher =
                ORIGIN.matcher(e.origin() == null ? message : e.origin().description());
        Place place = fallback;
        if (matcher.find() && matcher.group(2) != null) {
            String file = texts.get(Integer.parseInt(matcher.group(1))).file();
            place = new Place(file, file.startsWith("--") ? 0 : Integer.parseInt(matcher.group(2)), 0);
        }
        String clean = message.replaceAll("^#\\d+#: (\\d+(-\\d+)?: )?", "");
        Matcher others = ORIGIN.matcher(clean);
        clean = others.replaceAll(m -> Matcher.quoteReplacement(
                texts.get(Integer.parseInt(m.group(1))).file() + (m.group(2) == null ? "" : ":" + m.group(2))));
        if (clean.length() > 500) {
            clean = clean.substring(0, 500) + "...";
        }
        if (e instanceof ConfigException.UnresolvedSubstitution) {
            clean += " (environment variables and system properties are not consulted)";
        }
        return place.problem("is not valid HOCON: " + clean);
    }
}
