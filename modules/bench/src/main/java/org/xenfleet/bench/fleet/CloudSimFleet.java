package org.xenfleet.bench.fleet;

import java.util.ArrayList;
import java.util.List;
import org.cloudsimplus.brokers.DatacenterBroker;
import org.cloudsimplus.brokers.DatacenterBrokerSimple;
import org.cloudsimplus.cloudlets.Cloudlet;
import org.cloudsimplus.cloudlets.CloudletSimple;
import org.cloudsimplus.core.CloudSimPlus;
import org.cloudsimplus.datacenters.DatacenterSimple;
import org.cloudsimplus.hosts.Host;
import org.cloudsimplus.hosts.HostSimple;
import org.cloudsimplus.resources.Pe;
import org.cloudsimplus.resources.PeSimple;
import org.cloudsimplus.schedulers.vm.VmSchedulerTimeShared;
import org.cloudsimplus.utilizationmodels.UtilizationModelFull;
import org.cloudsimplus.vms.Vm;
import org.cloudsimplus.vms.VmSimple;
import org.xenfleet.bench.measure.Rate;
import org.xenfleet.bench.scenario.Scenarios;

/**
 * The fleet on CloudSim Plus: a host has as many PEs as ours has pCPUs, a VM has one PE and work without end. A PE is
 * never promised twice, so a VM asks for its share of the host and not for a whole PE.
 */
final class CloudSimFleet {
    /** One time slice of Xen's credit scheduler, in s. */
    static final double INTERVAL = 0.030;
    /** By then every VM is placed and works, in simulated s. */
    static final double STEADY_FROM = 1;

    private static final long PE_MIPS = 1000;
    private static final long VM_MIPS = PE_MIPS * Scenarios.BUSY_CPUS / Scenarios.BUSY_GUESTS;
    private static final long WORK_WITHOUT_END = 1_000_000_000_000L;
    private static final long HOST_MIB = 65_536;
    private static final long VM_MIB = 512;

    /**
     * What a run came to.
     *
     * @param whole host-seconds from the start on, with the placing of the VMs
     * @param steady host-seconds after {@link #STEADY_FROM}
     * @param looks how often the data centre looked at its hosts
     */
    record Run(Rate whole, Rate steady, long looks) {}

    private final CloudSimPlus simulation = new CloudSimPlus(INTERVAL / 10);
    private final List<Vm> vms = new ArrayList<>();
    private final List<Cloudlet> work = new ArrayList<>();
    private long looks;
    private long steadyFrom;

    private CloudSimFleet(int hosts, double seconds) {
        simulation.terminateAt(seconds);
        new DatacenterSimple(simulation, hostList(hosts)).setSchedulingInterval(INTERVAL);
        DatacenterBroker broker = new DatacenterBrokerSimple(simulation);
        for (int i = 0; i < hosts * Scenarios.BUSY_GUESTS; i++) {
            Vm vm = new VmSimple(VM_MIPS, 1);
            vm.setRam(VM_MIB).setBw(1).setSize(1);
            vms.add(vm);
            Cloudlet cloudlet = new CloudletSimple(WORK_WITHOUT_END, 1, new UtilizationModelFull());
            cloudlet.setVm(vm);
            work.add(cloudlet);
        }
        broker.submitVmList(vms);
        broker.submitCloudletList(work);
        simulation.addOnClockTickListener(tick -> {
            looks++;
            if (steadyFrom == 0 && tick.getTime() >= STEADY_FROM) {
                steadyFrom = System.nanoTime();
            }
        });
    }

    /** Runs for more than {@link #STEADY_FROM} simulated s; what builds the objects is not measured. */
    static Run run(int hosts, double seconds) {
        CloudSimFleet fleet = new CloudSimFleet(hosts, seconds);
        long start = System.nanoTime();
        fleet.simulation.start();
        long end = System.nanoTime();
        fleet.check(seconds);
        return new Run(
                new Rate(hosts * seconds, end - start),
                new Rate(hosts * (seconds - STEADY_FROM), end - fleet.steadyFrom),
                fleet.looks);
    }

    /** Every VM has a host and has had at least nine tenths of what it asked for since it was placed. */
    private void check(double seconds) {
        double asked = VM_MIPS * (seconds - STEADY_FROM);
        long placed = vms.stream().filter(vm -> vm.getHost() != Host.NULL).count();
        long served = work.stream()
                .filter(c -> c.getFinishedLengthSoFar() >= 0.9 * asked)
                .count();
        if (placed != vms.size() || served != vms.size()) {
            throw new IllegalStateException("CloudSim Plus placed " + placed + " and served " + served + " of "
                    + vms.size() + " VMs in " + simulation.clock() + " s");
        }
    }

    private static List<Host> hostList(int hosts) {
        List<Host> list = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            List<Pe> pes = new ArrayList<>();
            for (int pe = 0; pe < Scenarios.BUSY_CPUS; pe++) {
                pes.add(new PeSimple(PE_MIPS));
            }
            Host host = new HostSimple(HOST_MIB, 1_000_000, 1_000_000, pes);
            host.setVmScheduler(new VmSchedulerTimeShared());
            list.add(host);
        }
        return list;
    }
}
