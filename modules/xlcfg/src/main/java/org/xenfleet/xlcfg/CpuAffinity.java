package org.xenfleet.xlcfg;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which pCPUs each vCPU of a guest may run on, as {@code cpus} says it: a text counts for all vCPUs, item i of a list
 * for vCPU i. The words are checked already; what they come to depends on the host. Immutable. Source: xlcfg-grammar
 * section 2.4.
 */
public final class CpuAffinity {
    private static final CpuAffinity ANY = new CpuAffinity("", 0, false, List.of());

    private final String fileName;
    private final int line;
    private final boolean shared;
    private final List<CpuSpec> specs;

    private CpuAffinity(String fileName, int line, boolean shared, List<CpuSpec> specs) {
        this.fileName = fileName;
        this.line = line;
        this.shared = shared;
        this.specs = List.copyOf(specs);
    }

    /** Every vCPU is free. */
    public static CpuAffinity any() {
        return ANY;
    }

    static CpuAffinity same(String fileName, int line, CpuSpec spec) {
        return new CpuAffinity(fileName, line, true, List.of(spec));
    }

    static CpuAffinity each(String fileName, int line, List<CpuSpec> specs) {
        return new CpuAffinity(fileName, line, false, specs);
    }

    /**
     * The set of one vCPU on a host, or empty when it is free to run anywhere. pCPUs and nodes that the host lacks are
     * left out, as xl does without a word; {@code node:} reaches only the pCPUs below 64, a fault of xl that is kept.
     *
     * @param vcpu 0 and up
     * @param hostCpus 1 and up; they are dealt to the nodes in equal runs, and what is over goes to the last node
     * @param nodes 1 and up
     * @throws XlConfigException when nothing is left: "vcpu hard affinity map is empty"
     */
    public Optional<BitSet> resolve(int vcpu, int hostCpus, int nodes) throws XlConfigException {
        Optional<BitSet> cpus = preference(vcpu, hostCpus, nodes);
        if (cpus.isPresent() && cpus.get().isEmpty()) {
            String message = "vcpu hard affinity map is empty: `cpus` leaves vCPU " + vcpu + " none of the " + hostCpus
                    + " pCPUs of the host";
            throw new XlConfigException(fileName, List.of(new XlNotice(line, message)));
        }
        return cpus;
    }

    /** As {@link #resolve}, for a soft affinity: the set may be empty, which is no preference. */
    public Optional<BitSet> preference(int vcpu, int hostCpus, int nodes) {
        if (vcpu < 0 || hostCpus < 1 || nodes < 1) {
            throw new IllegalArgumentException(
                    "No such vCPU or host: vCPU " + vcpu + ", " + hostCpus + " pCPUs, " + nodes + " nodes");
        }
        if (!shared && vcpu >= specs.size()) {
            return Optional.empty();
        }
        return Optional.of(specs.get(shared ? 0 : vcpu).on(hostCpus, nodes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuAffinity that
                && shared == that.shared
                && line == that.line
                && specs.equals(that.specs)
                && fileName.equals(that.fileName);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fileName, line, shared, specs);
    }

    @Override
    public String toString() {
        return specs.isEmpty() ? "any" : (shared ? "every vCPU " : "by vCPU ") + specs;
    }
}
