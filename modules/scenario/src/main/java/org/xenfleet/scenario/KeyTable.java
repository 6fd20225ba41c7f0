package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.WatchdogParameters;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.time.ClockSource;

/**
 * Every key of a scenario, by section, in the order of the documentation. The readers take types, defaults and ranges
 * from here, and docs/scenario.md is generated from here. Immutable.
 */
final class KeyTable {
    static final String ROOT = "";
    static final String WORKLOAD = "workloads.*";
    static final String HOST = "hosts.*";
    static final String XEN = "hosts.*.xen";
    static final String MECHANISMS = "hosts.*.xen.mechanisms";
    static final String DOM0 = "hosts.*.dom0";
    static final String DETECTORS = "hosts.*.dom0.detectors";
    static final String CPU_POOL = "hosts.*.cpu-pools.*";
    static final String DOMAIN = "hosts.*.domains.*";
    static final String STATE = "hosts.*.domains.*.state";
    static final String POOL = "pools.*";
    static final String CHANNEL = "pools.*.channel";
    static final String HEARTBEAT = "pools.*.channel.heartbeat";
    static final String COSTS = "costs";

    /** The kinds of workload that exist, in the order of the documentation. */
    static final List<String> KINDS =
            List.of("idle", "cpu", "yield", "periodic", "poisson", "emulated-io", "backend", "hypercalls");

    private static final Map<String, Map<String, Key>> SECTIONS = sections();

    private KeyTable() {}

    /** The keys of a section, by name, in order; for workloads {@code WORKLOAD + ":" + kind}. */
    static Map<String, Key> section(String section) {
        Map<String, Key> keys = SECTIONS.get(section);
        if (keys == null) {
            throw new IllegalArgumentException("no section " + section);
        }
        return keys;
    }

    static List<String> sectionNames() {
        return List.copyOf(SECTIONS.keySet());
    }

    private static Map<String, Map<String, Key>> sections() {
        Map<String, Map<String, Key>> all = new LinkedHashMap<>();
        put(
                all,
                ROOT,
                Key.required("name", KeyType.TEXT, "Names the run and its folder: letters, digits, `.`, `_` and `-`."),
                Key.of("seed", KeyType.INTEGER, "0", "Everything random is drawn from it; `--seed` overrides it.")
                        .range(Long.MIN_VALUE, Long.MAX_VALUE),
                Key.required("duration", KeyType.DURATION, "Simulated time; `--duration` overrides it.")
                        .from(1),
                Key.of("warm-up", KeyType.DURATION, "0s", "Time excluded from statistics. Not simulated yet: only 0s."),
                Key.of("replications", KeyType.INTEGER, "1", "Runs with different draws. Not simulated yet: only 1.")
                        .range(1, 1_000_000),
                Key.of(
                        "operations",
                        KeyType.TEXTS,
                        "[]",
                        "Files of operations of your own, relative to the file in which this key stands and below the"
                                + " scenario's folder; [operations.md](operations.md) says what is in them. They can be"
                                + " named wherever those that are shipped can, and their costs are keys of `costs`."),
                Key.optional("workloads", KeyType.BLOCKS, "What vCPUs do, by name."),
                Key.required("hosts", KeyType.BLOCKS, "Kinds of hosts, by name."),
                Key.required("pools", KeyType.BLOCKS, "Which hosts there are, by name."),
                Key.optional("costs", KeyType.BLOCK, "What the hypervisor's work costs."),
                Key.of(
                        "expect",
                        KeyType.TEXTS,
                        "[]",
                        "Conditions on the result, all of which must hold, each `\"PATH OP NUMBER[unit]\"`: a path of"
                                + " `summary.json`, one of `== != < <= > >=`, and a number that may have a unit of"
                                + " time or size. The path is looked up after the run."));
        workloads(all);
        hosts(all);
        put(all, STATE, StateNames.keys(OperationCatalogue.shipped()).values().toArray(Key[]::new));
        put(
                all,
                POOL,
                Key.required(
                        "host",
                        KeyType.WORDS,
                        "A key of `hosts`; or a list of them, which the hosts of the pool have in turn, by index."),
                Key.of("count", KeyType.INTEGER, "1", "Hosts of the pool, named `pool/0`, `pool/1`, ...")
                        .range(1, 1_000_000),
                Key.of(
                                "copies",
                                KeyType.INTEGER,
                                "1",
                                "Equal pools; with more than one they are named `pool-0`, `pool-1`, ... `count` times"
                                        + " `copies` is at most 1,000,000.")
                        .range(1, 1_000_000),
                ChannelReader.channel());
        ChannelReader.put(all);
        CostKeys.put(all);
        return Collections.unmodifiableMap(all);
    }

    private static void workloads(Map<String, Map<String, Key>> all) {
        Key kind = Key.required("kind", KeyType.WORD, "What the vCPUs do; it decides which other keys there are.")
                .oneOf(KINDS);
        Key workingSet = Key.optional(
                        "working-set", KeyType.SIZE, "Memory whose pages the guest touches in turn while busy.")
                .from(1);
        Key touch = Key.of("touch-interval", KeyType.DURATION, "10us", "CPU time between two touches of a page.")
                .from(1);
        Key burst = Key.required("burst", KeyType.DURATION, "CPU time of one piece of work.")
                .from(1);
        put(all, WORKLOAD + ":idle", kind);
        put(all, WORKLOAD + ":cpu", kind, workingSet, touch);
        put(all, WORKLOAD + ":yield", kind, burst);
        put(
                all,
                WORKLOAD + ":periodic",
                kind,
                burst,
                Key.required(
                                "period",
                                KeyType.DURATION,
                                "From one wake-up to the next, on a fixed grid; points that"
                                        + " pass while the vCPU is still busy are skipped.")
                        .from(1),
                Key.of("phase", KeyType.DURATION, "random", "Where the grid begins, less than `period`.")
                        .orWord("random"),
                Key.of(
                                "timer",
                                KeyType.WORD,
                                "one-shot",
                                "What wakes the vCPU: its `one-shot` timer, homed where it went to sleep, or the time-out of"
                                        + " `poll` (SCHEDOP_poll), homed where it was created.")
                        .oneOf(List.of("one-shot", "poll")),
                workingSet,
                touch);
        put(
                all,
                WORKLOAD + ":poisson",
                kind,
                burst,
                Key.required(
                                "period",
                                KeyType.DURATION,
                                "Mean of the exponential gaps from arrival to arrival;" + " arrivals queue.")
                        .from(1),
                workingSet,
                touch);
        put(
                all,
                WORKLOAD + ":emulated-io",
                kind,
                Key.required("burst", KeyType.DURATION, "CPU time between two accesses to an emulated device.")
                        .from(1),
                Key.of("service", KeyType.DURATION, "20us", "CPU time of the device model for an answer.")
                        .from(1));
        put(
                all,
                WORKLOAD + ":backend",
                kind,
                Key.of(
                        "guests",
                        KeyType.WORDS,
                        Workloads.ALL,
                        "Whose devices it serves: names of guests, one or a list, or `all`. They are dealt to the vCPUs of"
                                + " its domain in turn, in the order of domids."),
                Key.of("burst", KeyType.DURATION, "20us", "CPU time of one request.")
                        .from(1),
                Key.of(
                                "period",
                                KeyType.DURATION,
                                "10ms",
                                "From one request of a guest to the next, at a phase by chance.")
                        .from(1),
                Key.of("copies", KeyType.INTEGER, "8", "Pages of the guest that a request copies (grant_copy).")
                        .range(1, 1_000_000));
        put(all, WORKLOAD + ":hypercalls", HypercallKeys.of(kind));
    }

    private static void hosts(Map<String, Map<String, Key>> all) {
        put(
                all,
                HOST,
                Key.required("cpus", KeyType.INTEGER, "Physical CPUs.").range(1, 4096),
                Key.of("sockets", KeyType.INTEGER, "1", "NUMA nodes; divides `cpus`.")
                        .range(1, 4096),
                Key.of("threads-per-core", KeyType.INTEGER, "1", "Divides the pCPUs of a socket.")
                        .range(1, 4096),
                Key.of("frequency", KeyType.FREQUENCY, "2400MHz", "Clock of a pCPU.")
                        .range(1_000_000, 100_000_000_000L),
                Key.required(
                                "memory",
                                KeyType.SIZE,
                                "What dom0, guests and stub domains (32MiB each) share; whole" + " pages of 4KiB.")
                        .from(1 << 20),
                Key.of(
                                "unresponsive-after",
                                KeyType.DURATION,
                                "10s",
                                "How long dom0 makes no progress until the host counts as unresponsive.")
                        .from(1),
                Key.required("xen", KeyType.BLOCK, "The hypervisor."),
                Key.optional("dom0", KeyType.BLOCK, "The control domain."),
                Key.optional(
                        "cpu-pools",
                        KeyType.BLOCKS,
                        "CPU pools beside Pool-0, by the name that `pool=` of an xl"
                                + " file uses. Pool-0 has the remaining pCPUs and dom0."),
                Key.optional(
                        "domains",
                        KeyType.BLOCKS,
                        "Guests. They are created in the order of the entries' names,"
                                + " after dom0; a stub domain comes right after its guest."));
        put(
                all,
                XEN,
                with(
                        CreditKeys.keys(),
                        Key.required("version", KeyType.TEXT, "The release; known are " + XenVersion.known() + "."),
                        Key.of("bits", KeyType.INTEGER, "64", "Width of the hypervisor: 64, or on 4.1 and 4.2 also 32.")
                                .range(32, 64),
                        Key.of(
                                        "arch",
                                        KeyType.WORD,
                                        "x86",
                                        "What the hypervisor runs on. Only x86 is simulated; `assess` also judges hosts of `arm`.")
                                .oneOf(List.of(Arch.X86.label(), Arch.ARM.label())),
                        Key.of(
                                "fixes",
                                KeyType.TEXTS,
                                "[]",
                                "Advisories whose fix is added to the release; known are those of [advisories.md](advisories.md)."),
                        SchedulerKeys.ofHost(),
                        Key.of(
                                "command-line",
                                KeyType.TEXT,
                                "",
                                "Xen's command line. It acts on `sched_credit_tslice_ms=` (1 to 1000, default 30),"
                                        + " `sched_ratelimit_us=` (0 or 100 to 500000, default 1000, at most the slice),"
                                        + " `vcpu_migration_delay=` (microseconds, 0 to 100000, default 0) and"
                                        + " `tickle_one_idle_cpu=` (a boolean, default true), which count for all CPU pools;"
                                        + " on `clocksource=` (`hpet`, the default, or `acpi`), what Xen keeps its time by;"
                                        + " on `watchdog` (a boolean; from 4.5 on also `force`) and, from 4.2 on, `watchdog_timeout=`"
                                        + " (seconds, 2 to 1000000, default 5; 0 turns the watchdog off, another number on; the"
                                        + " last of the two counts); and on `noreboot` (a boolean: Xen halts after a panic)."
                                        + " Some harmless options are accepted and reported as not modelled, all others are"
                                        + " refused."),
                        Key.of(
                                        "hpet-frequency",
                                        KeyType.FREQUENCY,
                                        "14318180Hz",
                                        "Of the HPET, which wraps after 2^32 counts.")
                                .range(ClockSource.LEAST_HZ, ClockSource.MOST_HZ),
                        Key.of(
                                "invariant-tsc",
                                KeyType.BOOLEAN,
                                "true",
                                "Whether the TSC says that it always goes on at the same rate; Xen then trusts it between two"
                                        + " looks at the clock source."),
                        Key.optional(
                                "mechanisms",
                                KeyType.BLOCK,
                                "What makes an outage of one tied pCPU, each of which can be left out."),
                        Key.of(
                                        "time-at-start",
                                        KeyType.DURATION,
                                        "random",
                                        "Xen's system time when the run begins: credit's ticks stand at its multiples of 10 ms.")
                                .orWord("random"),
                        Key.of(
                                        "accounting-phase",
                                        KeyType.DURATION,
                                        "random",
                                        "When the master timer of credit's accounting would first fire; the timer began with the"
                                                + " boot of Xen, at no multiple of anything.")
                                .orWord("random"),
                        Key.of(
                                        "watchdog-phase",
                                        KeyType.DURATION,
                                        "random",
                                        "When the watchdog's heartbeat is first due on pCPU 0; on pCPU n it is n ns later. At"
                                                + " random, each pCPU has a phase of its own.")
                                .range(0, WatchdogParameters.HEARTBEAT_NS)
                                .orWord("random"),
                        Key.of(
                                        "nmi-phase",
                                        KeyType.DURATION,
                                        "random",
                                        "Unhalted time of every pCPU since its last NMI of the watchdog, when the run begins;"
                                                + " whole periods of the NMI do not count. At random, each pCPU has its own.")
                                .range(0, WatchdogParameters.HEARTBEAT_NS)
                                .orWord("random")));
        put(
                all,
                DOM0,
                Key.optional("vcpus", KeyType.INTEGER, "Default: the pCPUs of Pool-0, at most 4.")
                        .range(1, 4096),
                Key.of("memory", KeyType.SIZE, "1GiB", "Whole pages of 4KiB.").from(1 << 20),
                Key.of(
                        "pin",
                        KeyType.BOOLEAN,
                        "false",
                        "Whether vCPU n runs on pCPU n only; pCPU n must be in Pool-0."),
                Key.of(
                        "workload",
                        KeyType.WORDS,
                        "idle",
                        "A key of `workloads`, or `idle`; or a list: any number of kind `hypercalls`, on vCPUs of their own,"
                                + " one `backend`, and one of another kind for the vCPUs that make no calls."),
                Key.optional("detectors", KeyType.BLOCK, "When its kernel notices that something stands still."));
        put(
                all,
                DETECTORS,
                detector("soft-lockup", "20s", "A vCPU did not run for so long; said when it runs again."),
                detector(
                        "rcu-stall",
                        "21s",
                        "A vCPU did not pass through the scheduler for so long; said by another one that runs, else when one"
                                + " runs again. Kernels of RHEL have 60s."),
                detector("hung-task", "120s", "A request of a back-end was not served for so long."),
                detector("io-timeout", "30s", "A guest's I/O was not answered for so long; said by the guest."));
        put(
                all,
                MECHANISMS,
                Arrays.stream(Mechanism.values()).map(KeyTable::mechanism).toArray(Key[]::new));
        put(
                all,
                CPU_POOL,
                with(
                        CreditKeys.keys(),
                        Key.required("cpus", KeyType.TEXT, "pCPUs as in an xl file, for example `\"4-7,^6\"`."),
                        SchedulerKeys.ofPool()));
        put(
                all,
                DOMAIN,
                with(
                        DeviceModelKeys.keys(),
                        Key.required(
                                "xl",
                                KeyType.TEXT,
                                "An xl file, relative to the file in which this key stands and below"
                                        + " the scenario's folder; read as xl of 4.17 reads it."),
                        Key.of(
                                        "count",
                                        KeyType.INTEGER,
                                        "1",
                                        "Equal guests; with more than one they are named `name-0`,"
                                                + " `name-1`, ... after the xl file's `name`.")
                                .range(1, 1_000_000),
                        Key.optional(
                                        "order",
                                        KeyType.INTEGER,
                                        "Entries that have it are created first, the least first, ties"
                                                + " by name; then the others by name.")
                                .range(Integer.MIN_VALUE, Integer.MAX_VALUE),
                        Key.of("workload", KeyType.WORD, "idle", "A key of `workloads`, or `idle`."),
                        Key.optional(
                                "device-model-workload",
                                KeyType.WORD,
                                "What the device model of an HVM guest does: in"
                                        + " its stub domain or, without one, on a vCPU of dom0."),
                        Key.optional(
                                "device-model-cpus",
                                KeyType.TEXT,
                                "pCPUs that the stub domain may run on, which xl"
                                        + " cannot say; for example `\"1\"`."),
                        Key.of(
                                "mem-access-listener",
                                KeyType.BOOLEAN,
                                "false",
                                "Whether somebody has set up the ring on which it would hear of forbidden accesses to the guest's"
                                        + " memory: without one, `access_op` on an HVM guest returns ENODEV. What the listener"
                                        + " does is not simulated."),
                        Key.optional(
                                        "max-gfn",
                                        KeyType.INTEGER,
                                        "The highest gfn that an HVM guest has ever had mapped when the run begins: it, or its device"
                                                + " model, has had a page there for a moment. Default: the last page of its memory.")
                                .range(0, DomainSpec.MOST_GFN),
                        Key.optional(
                                "state",
                                KeyType.BLOCK,
                                "What the guest has accumulated in Xen when the run begins, as far as calls count it."),
                        Key.of(
                                "tolerance",
                                KeyType.DURATION,
                                "1s",
                                "Time without progress that availability forgives."),
                        Key.of("paused", KeyType.BOOLEAN, "false", "Built and left paused, as `xl create -p` does.")));
    }

    private static Key mechanism(Mechanism m) {
        return Key.of(m.key(), KeyType.WORD, "on", capital(m.acts()) + ". `off`: " + m.whenOff() + ".")
                .oneOf(List.of("on", "off"));
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static Key detector(String name, String standard, String meaning) {
        return Key.of(name, KeyType.DURATION, standard, meaning + " 0s turns it off.");
    }

    private static Key[] with(Key[] last, Key... first) {
        List<Key> keys = new ArrayList<>(List.of(first));
        keys.addAll(List.of(last));
        return keys.toArray(new Key[0]);
    }

    /** Adds a section. */
    static void put(Map<String, Map<String, Key>> all, String section, Key... keys) {
        Map<String, Key> byName = new LinkedHashMap<>();
        for (Key key : keys) {
            byName.put(key.name(), key);
        }
        all.put(section, Collections.unmodifiableMap(byName));
    }

    /** The kinds of workload that have a key, for messages. */
    static List<String> kindsWith(String name) {
        List<String> kinds = new ArrayList<>();
        for (String kind : KINDS) {
            if (section(WORKLOAD + ":" + kind).containsKey(name)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
