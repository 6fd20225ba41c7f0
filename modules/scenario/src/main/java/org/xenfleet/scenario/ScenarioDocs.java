package org.xenfleet.scenario;

import java.util.Map;

/** Writes docs/scenario.md from {@link KeyTable}; a test keeps the file equal to it. */
final class ScenarioDocs {
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry(KeyTable.ROOT, "The top level"),
            Map.entry(KeyTable.WORKLOAD + ":idle", "`workloads.*` with `kind = idle`: never runnable"),
            Map.entry(KeyTable.WORKLOAD + ":cpu", "`workloads.*` with `kind = cpu`: always runnable"),
            Map.entry(KeyTable.WORKLOAD + ":periodic", "`workloads.*` with `kind = periodic`: busy on a fixed grid"),
            Map.entry(KeyTable.WORKLOAD + ":poisson", "`workloads.*` with `kind = poisson`: random arrivals"),
            Map.entry(
                    KeyTable.WORKLOAD + ":hypercalls",
                    "`workloads.*` with `kind = hypercalls`: one call again and again, on vCPU 0"),
            Map.entry(KeyTable.HOST, "`hosts.*`"),
            Map.entry(KeyTable.XEN, "`hosts.*.xen`"),
            Map.entry(KeyTable.DOM0, "`hosts.*.dom0`"),
            Map.entry(KeyTable.CPU_POOL, "`hosts.*.cpu-pools.*`"),
            Map.entry(KeyTable.DOMAIN, "`hosts.*.domains.*`"),
            Map.entry(KeyTable.STATE, "`hosts.*.domains.*.state`, where operations of your own add names"),
            Map.entry(KeyTable.POOL, "`pools.*`"),
            Map.entry(KeyTable.CHANNEL, "`pools.*.channel`: the hosts of a pool meet"),
            Map.entry(KeyTable.HEARTBEAT, "`pools.*.channel.heartbeat`: they tell each other that they are alive"),
            Map.entry(KeyTable.COSTS, "`costs`"));

    private static final String INTRODUCTION = """
            # Scenario files

            <!-- Generated from KeyTable.java by ScenarioDocsTest; change the table there, not this page. -->

            A scenario is one HOCON file: comments with `#` or `//`, commas optional at the end of a line, later values
            override earlier ones, blocks merge. `config/xsa-89.conf` is a complete example. An unknown key, a value of
            the wrong type or out of its range, and a feature that is not simulated yet are errors; nothing is ignored.

            - **Numbers** are plain integers. **Durations** are a number with a unit, `ns`, `us`, `ms`, `s`, `m`, `h`,
              and come to a whole number of nanoseconds; **sizes** have `B`, `KiB`, `MiB`, `GiB`, `TiB`;
              **frequencies** `Hz`, `kHz`, `MHz`, `GHz`. `1.5s` is fine, `10` and `10 seconds` are not. **Fractions** are
              a number from 0 to 1 with at most 9 decimals, or as much in `%`. A default that is given in another unit than
              yours is the same value.
            - **Collections** (`hosts`, `pools`, `workloads`, `domains`, `cpu-pools`) are blocks by name, so that
              `--set hosts.server.cpus=8` and later files can address them. A name has letters, digits, `.`, `_`, `-`;
              one with a `.` is quoted wherever it is written.
            - **Includes**: `include "base.conf"`, `include file("base.conf")`, `include required("base.conf")`. Only
              files below the folder of the top scenario file, relative to the file that includes them; a missing one
              is an error. `url(...)` and `classpath(...)` are refused.
            - **Substitutions** `${duration}` refer to the scenario only; environment variables and system properties
              are not consulted.
            - **Limits**: 16 MiB of text and 200,000 keys and values, with includes; brackets 100 deep; 1,000 includes;
              an unquoted text of 2,000 bytes; a value of 100 pieces; 10,000 substitutions, of which only 24 (with `+=`)
              when some refer to values that have substitutions themselves; xl files of 1 MiB. Thousands of keys that are
              added one by one to one block (`a.b = 1`, `a.c = 2`, ...) are refused: write the block once.
            """;

    private ScenarioDocs() {}

    /** The whole page. */
    static String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (String section : KeyTable.sectionNames()) {
            page.append("\n## ").append(TITLES.getOrDefault(section, section)).append("\n\n");
            page.append("| key | type | default | range | meaning |\n|---|---|---|---|---|\n");
            KeyTable.section(section).values().forEach(key -> row(page, key));
        }
        return page.append('\n').append(AFTERWORD).toString();
    }

    private static void row(StringBuilder page, Key key) {
        String range = key.type().isNumber() ? key.range() : key.choices().isEmpty() ? "" : choices(key);
        page.append("| `").append(key.name()).append("` | ").append(key.type().label());
        key.word().ifPresent(word -> page.append(" or `").append(word).append('`'));
        page.append(" | ").append(fallback(key));
        page.append(" | ").append(range);
        page.append(" | ").append(key.meaning()).append(" |\n");
    }

    private static String fallback(Key key) {
        if (key.required()) {
            return "**required**";
        }
        return key.fallback()
                .map(f -> f.isEmpty() ? "`\"\"`" : "`" + f + "`")
                .orElse(key.type() == KeyType.BLOCK || key.type() == KeyType.BLOCKS ? "`{}`" : "none");
    }

    private static String choices(Key key) {
        StringBuilder text = new StringBuilder();
        key.choices()
                .forEach(c -> text.append(text.isEmpty() ? "" : ", ")
                        .append('`')
                        .append(c)
                        .append('`'));
        return text.toString();
    }

    private static final String AFTERWORD = """
            ## What is derived

            - **Names.** The hosts of a pool `p` are `p/0`, `p/1`, ...; with `copies = 3` they are `p-0/0` to `p-2/...`.
              A guest is named by its xl file's `name`, with `-0`, `-1`, ... when `count` is above 1; its stub domain is
              `<guest>-dm`. Equal names on a host are errors.
            - **Creation order**, and so domids: dom0, then the entries of `domains` that have `order`, the least first,
              then the others by name; a stub domain right after its guest.
            - **CPU pools.** A guest is in Pool-0 or in the pool that its xl file's `pool=` names, and its stub domain in
              the same. Its `cpus=` must lie within that pool; all pCPUs of the host stand for all of the pool.
            - **Memory.** dom0, all guests and 32MiB for each stub domain must fit the host's `memory`.
            - **xl files** give type, memory, vCPUs, affinity, weight, cap, pool, device model and `on_crash` of a guest.
              Their other settings are accepted and reported as not modelled. A stub domain with
              `device_model_version = "qemu-xen"` is refused on 4.4; without the key it is qemu-xen-traditional.
            - **The resolved scenario**, `scenario.resolved.conf` of a run, has every default filled in. Loaded from the
              scenario's folder it gives the same run.

            ## Not simulated yet, and refused

            `warm-up` above 0; `replications` above 1; releases, fixes and schedulers other than
            those named above; workloads of the kinds `backend`, `emulated-io` and `trace`; options of Xen's command
            line that are not listed.
            """;
}
