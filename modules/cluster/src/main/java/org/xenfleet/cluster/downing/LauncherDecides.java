package org.xenfleet.cluster.downing;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.Reachability;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.sbr.DowningStrategy;
import org.apache.pekko.cluster.sbr.KeepMajority;
import org.xenfleet.cluster.NodeRole;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Who is with the launcher lives on, however few they are; all others end. A run is nobody's without its launcher, so a
 * side that has lost it would simulate for nobody; and since only one side can have it, two never live on, whenever members
 * join or leave. In a cluster that nobody launched the majority lives on, and of two halves the one with the lowest address.
 *
 * <p>Where a link is broken but both its ends still hear of each other through a third member, Pekko would end both ends.
 * Here the end that is not the launcher does, and of two nodes the one with the higher address.
 *
 * <p>Not thread-safe; the resolver's actor tells it what changes.
 */
final class LauncherDecides extends DowningStrategy {
    private static final Comparator<UniqueAddress> BY_ADDRESS = UniqueAddress::compare;

    private final KeepMajority majority;

    LauncherDecides(String dataCenter, UniqueAddress self) {
        super(dataCenter, self);
        majority = new KeepMajority(dataCenter, Option.empty(), self);
    }

    @Override
    public Option<String> role() {
        return Option.empty();
    }

    @Override
    public Decision decide() {
        Optional<UniqueAddress> launcher = launcher();
        if (launcher.isEmpty()) {
            return majority.decide();
        }
        if (isUnreachable(launcher.get()) && !indirectlyConnected().contains(launcher.get())) {
            return DowningStrategy.DownReachable$.MODULE$;
        }
        return hasIndirectlyConnected()
                ? DowningStrategy.DownIndirectlyConnected$.MODULE$
                : DowningStrategy.DownUnreachable$.MODULE$;
    }

    @Override
    public scala.collection.immutable.Set<UniqueAddress> nodesToDown(Decision decision) {
        Optional<UniqueAddress> launcher = launcher();
        if (launcher.isEmpty()) {
            return majority.nodesToDown(decision);
        }
        if (!decision.isIndirectlyConnected()) {
            return super.nodesToDown(decision);
        }
        Set<UniqueAddress> gone = withoutBrokenLinks(launcher.get());
        return CollectionConverters.asScala(gone).toSet();
    }

    /** The members to take out so that the others, the launcher among them, can all reach each other. */
    private Set<UniqueAddress> withoutBrokenLinks(UniqueAddress launcher) {
        Set<UniqueAddress> gone = new TreeSet<>(BY_ADDRESS);
        gone.addAll(java(unreachableButNotIndirectlyConnected()));
        List<Reachability.Record> broken =
                CollectionConverters.asJava(reachability().records());
        for (Reachability.Record link : broken) {
            if (link.observer().equals(launcher)) {
                gone.add(link.subject());
            } else if (link.subject().equals(launcher)) {
                gone.add(link.observer());
            }
        }
        broken.stream()
                .sorted(Comparator.comparing(Reachability.Record::observer, BY_ADDRESS)
                        .thenComparing(Reachability.Record::subject, BY_ADDRESS))
                .filter(link -> !gone.contains(link.observer()) && !gone.contains(link.subject()))
                .forEach(link -> gone.add(higher(link)));
        gone.retainAll(downable());
        return gone;
    }

    private static UniqueAddress higher(Reachability.Record link) {
        return BY_ADDRESS.compare(link.observer(), link.subject()) > 0 ? link.observer() : link.subject();
    }

    private Set<UniqueAddress> downable() {
        return java(allMembersInDC()).stream()
                .filter(member -> !member.status().equals(MemberStatus.down())
                        && !member.status().equals(MemberStatus.exiting()))
                .map(Member::uniqueAddress)
                .collect(Collectors.toSet());
    }

    private Optional<UniqueAddress> launcher() {
        return java(allMembersInDC()).stream()
                .filter(member -> member.hasRole(NodeRole.LAUNCHER.label()))
                .filter(member -> !member.status().equals(MemberStatus.exiting()))
                .map(Member::uniqueAddress)
                .min(BY_ADDRESS);
    }

    private boolean isUnreachable(UniqueAddress node) {
        return unreachable().contains(node);
    }

    private static <T> Set<T> java(scala.collection.immutable.Set<T> set) {
        return CollectionConverters.asJava(set);
    }

    // The majority is told the same.

    @Override
    public void add(Member member) {
        super.add(member);
        majority.add(member);
    }

    @Override
    public void addUnreachable(Member member) {
        super.addUnreachable(member);
        majority.addUnreachable(member);
    }

    @Override
    public void addReachable(Member member) {
        super.addReachable(member);
        majority.addReachable(member);
    }

    @Override
    public void remove(Member member) {
        super.remove(member);
        majority.remove(member);
    }

    @Override
    public void setReachability(Reachability reachability) {
        super.setReachability(reachability);
        majority.setReachability(reachability);
    }

    @Override
    public void setSeenBy(scala.collection.immutable.Set<org.apache.pekko.actor.Address> addresses) {
        super.setSeenBy(addresses);
        majority.setSeenBy(addresses);
    }
}
