package org.xenfleet.scenario;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xenfleet.xen.operation.OperationCatalogue;

/** Reads the root of a scenario. What is wrong is reported to the findings, and the result is then of no use. */
final class ScenarioReader {
    private static final int MOST_HOSTS = 1_000_000;

    private final Section root;
    private final Sources sources;
    private final XlFiles xlFiles;

    ScenarioReader(Section root, Sources sources) {
        this.root = root;
        this.sources = sources;
        this.xlFiles = new XlFiles(sources);
    }

    /** @throws ScenarioException at once if an operation cannot be read: what uses it would only be wrong because of that */
    Scenario read() throws ScenarioException {
        String name = name();
        long seed = root.number("seed");
        long duration = root.number("duration");
        long warmUp = root.number("warm-up");
        if (warmUp > 0) {
            root.problem(
                    "warm-up",
                    "= " + Quantity.text(KeyType.DURATION, warmUp) + " is not simulated yet; possible is 0s");
        }
        int replications = root.integer("replications");
        if (replications > 1) {
            root.problem("replications", "= " + replications + " is not simulated yet; possible is 1");
        }
        int before = root.findings().count();
        OperationCatalogue operations = OperationFiles.read(root, sources);
        if (root.findings().count() > before) {
            root.findings().throwIfAny(sources.top().display());
        }
        Workloads workloads =
                Workloads.read(Blocks.children(root, "workloads", KeyTable.WORKLOAD), duration, operations);
        SortedMap<String, Section> hostBlocks = Blocks.children(root, "hosts", KeyTable.HOST);
        SortedMap<String, HostSpec> hosts = new TreeMap<>();
        hostBlocks.forEach((key, block) -> hosts.put(key, HostReader.read(block, workloads, xlFiles)));
        SortedMap<String, PoolSpec> pools = pools(hostBlocks);
        CostChoice costs = CostKeys.read(Blocks.child(root, "costs", CostKeys.keys(operations)), operations);
        List<Expectation> expectations = ExpectationReader.read(root);
        workloads.tellUnused();
        return new Scenario(name, seed, duration, warmUp, replications, hosts, pools, costs, expectations);
    }

    private String name() {
        String name = root.text("name");
        if (root.has("name") && !name.isEmpty() && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            root.problem(
                    "name",
                    "= " + (name.length() > 80 ? name.substring(0, 80) + "..." : name)
                            + " cannot name a folder; it must begin with a letter or digit and have only letters, digits, '.',"
                            + " '_' and '-', at most 100");
        }
        return name;
    }

    private SortedMap<String, PoolSpec> pools(SortedMap<String, Section> hosts) {
        SortedMap<String, PoolSpec> pools = new TreeMap<>();
        Set<String> used = new TreeSet<>();
        long total = 0;
        SortedMap<String, Section> blocks = Blocks.children(root, "pools", KeyTable.POOL);
        for (var entry : blocks.entrySet()) {
            Section pool = entry.getValue();
            List<String> kinds = pool.words("host");
            for (String host : kinds) {
                if (!hosts.containsKey(host)) {
                    pool.problem(
                            "host",
                            "= " + host + " is not a host; known are " + String.join(", ", hosts.keySet())
                                    + Suggest.word(host, hosts.keySet()));
                }
            }
            used.addAll(kinds);
            int count = pool.integer("count");
            int copies = pool.integer("copies");
            total += (long) count * copies;
            Optional<ChannelSpec> channel = ChannelReader.read(pool, count);
            pools.put(entry.getKey(), new PoolSpec(entry.getKey(), kinds, count, copies, channel));
        }
        if (total > MOST_HOSTS) {
            root.problem("pools", "makes " + total + " hosts; a scenario has at most " + MOST_HOSTS);
        }
        clash(blocks, pools);
        hosts.forEach((name, block) -> {
            if (!used.contains(name)) {
                root.findings().notice(block.place().where(), "host '" + name + "' is in no pool; it is not simulated");
            }
        });
        return pools;
    }

    /** Pool {@code p} with copies makes {@code p-0}, which may be the name of another pool. */
    private static void clash(SortedMap<String, Section> blocks, SortedMap<String, PoolSpec> pools) {
        pools.forEach((name, pool) -> {
            int dash = name.lastIndexOf('-');
            PoolSpec other = dash < 0 ? null : pools.get(name.substring(0, dash));
            String number = name.substring(dash + 1);
            Section block = blocks.get(name);
            if (other != null
                    && block != null
                    && pool.copies() == 1
                    && other.copies() > 1
                    && number.matches("0|[1-9][0-9]{0,6}")
                    && Integer.parseInt(number) < other.copies()) {
                block.findings()
                        .problem(
                                block.place(),
                                "the pool '" + name + "' has the name of a copy of the pool '" + other.name()
                                        + "'; give it another name");
            }
        });
    }
}
