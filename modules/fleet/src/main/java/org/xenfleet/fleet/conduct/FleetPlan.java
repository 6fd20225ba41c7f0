package org.xenfleet.fleet.conduct;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xenfleet.fleet.HostInstance;
import org.xenfleet.host.HostSimulation;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.HostPlanner;
import org.xenfleet.host.plan.HostSeat;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.scenario.PoolSpec;
import org.xenfleet.scenario.Scenario;

/**
 * The hosts of one run and what each is made of. Safe for use by many threads; every node that has the scenario makes an equal
 * one.
 */
public final class FleetPlan {
    /** An epoch of a host, in simulated ns. */
    public static final long EPOCH = HostSimulation.EPOCH;

    private final Scenario scenario;
    private final boolean calm;
    private final Optional<Trunk> trunk;
    private final Map<HostSpec, HostSpec> specs = new HashMap<>();
    private final Map<HostSpec, HostPlanner> planners = new HashMap<>();
    private final Map<String, List<String>> copies = new HashMap<>();

    /** @param calm whether nobody reacts to outages, and only pools in which somebody would are simulated */
    public FleetPlan(Scenario scenario, boolean calm) {
        this(scenario, calm, Optional.empty());
    }

    /** The plan of a run that begins where another was. */
    public static FleetPlan branch(Scenario scenario, Trunk trunk) {
        return new FleetPlan(scenario, false, Optional.of(trunk));
    }

    private FleetPlan(Scenario scenario, boolean calm, Optional<Trunk> trunk) {
        this.scenario = scenario;
        this.calm = calm;
        this.trunk = trunk;
        scenario.pools().forEach((name, pool) -> copies.put(name, pool.copyNames()));
    }

    public Scenario scenario() {
        return scenario;
    }

    /** The run that this one branches from. */
    public Optional<Trunk> trunk() {
        return trunk;
    }

    public boolean calm() {
        return calm;
    }

    /** All hosts, pool by pool and each pool by index. */
    public List<HostInstance> hosts() {
        List<HostInstance> hosts = new ArrayList<>();
        for (HostShard shard : shards(HostShard.Sizes.DEFAULT)) {
            for (int i = 0; i < shard.count(); i++) {
                hosts.add(host(shard, shard.first() + i));
            }
        }
        return hosts;
    }

    public List<HostShard> shards(HostShard.Sizes sizes) {
        return HostShard.of(scenario, sizes).stream()
                .filter(shard -> !calm || reacts(shard))
                .toList();
    }

    /** The host of that number among all copies of its pool. */
    public HostInstance host(HostShard shard, int number) {
        PoolSpec pool = pool(shard);
        String copy = Objects.requireNonNull(copies.get(pool.name())).get(number / pool.count());
        int index = number % pool.count();
        return new HostInstance(copy + "/" + index, copy, spec(scenario.hostOf(pool, index)));
    }

    /** Everything that is fixed of it before it runs. */
    public HostPlan plan(HostShard shard, int number) {
        PoolSpec pool = pool(shard);
        HostInstance host = host(shard, number);
        HostSeat seat = new HostSeat(host.name(), number % pool.count(), pool.count(), shard.channel());
        return planner(host.spec()).plan(seat, scenario.costs(), scenario.seed());
    }

    private boolean reacts(HostShard shard) {
        // whoever meets a host on which somebody reacts may notice that nobody does
        return pool(shard).kinds().stream().anyMatch(kind -> reacts(scenario.hosts().get(kind)));
    }

    private static boolean reacts(@Nullable HostSpec kind) {
        return kind != null && !kind.reactions().isEmpty();
    }

    private PoolSpec pool(HostShard shard) {
        PoolSpec pool = scenario.pools().get(shard.spec());
        if (pool == null) {
            throw new IllegalArgumentException("not a shard of this scenario: " + shard.id());
        }
        return pool;
    }

    private synchronized HostSpec spec(HostSpec kind) {
        return calm ? specs.computeIfAbsent(kind, HostSpec::withoutReactions) : kind;
    }

    private synchronized HostPlanner planner(HostSpec kind) {
        return planners.computeIfAbsent(kind, HostPlanner::of);
    }
}
