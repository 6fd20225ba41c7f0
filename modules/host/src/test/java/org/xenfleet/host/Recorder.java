package org.xenfleet.host;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.observe.HostObserver;

/** Keeps everything a host shows while it runs. */
public final class Recorder implements HostObserver {
    public record Slice(int cpu, String caller, long start, long end, long pages, SliceEnd ended) {
        public long length() {
            return end - start;
        }
    }

    public record Span(String domain, int vcpu, int cpu, long start, long end) {
        public long length() {
            return end - start;
        }
    }

    public record Call(String caller, long issued, long end, int returned, long first, long nr, String operation) {
        public long length() {
            return end - issued;
        }
    }

    public final List<Slice> slices = new ArrayList<>();
    public final List<Span> stalls = new ArrayList<>();
    public final List<Span> waits = new ArrayList<>();
    public final List<Span> lates = new ArrayList<>();
    public final List<Span> runs = new ArrayList<>();
    public final List<Call> calls = new ArrayList<>();

    @Override
    public void slice(int cpu, String caller, String operation, long start, long end, long pages, SliceEnd ended) {
        slices.add(new Slice(cpu, caller, start, end, pages, ended));
    }

    @Override
    public void stall(int cpu, long start, long end) {
        stalls.add(new Span("", 0, cpu, start, end));
    }

    @Override
    public void wait(String domain, int vcpu, int cpu, long start, long end) {
        waits.add(new Span(domain, vcpu, cpu, start, end));
    }

    @Override
    public void late(String domain, int vcpu, int cpu, long due, long first) {
        lates.add(new Span(domain, vcpu, cpu, due, first));
    }

    @Override
    public void ran(String domain, int vcpu, int cpu, long start, long end) {
        runs.add(new Span(domain, vcpu, cpu, start, end));
    }

    @Override
    public void call(String caller, String operation, long issued, long end, int returned, long first, long nr) {
        calls.add(new Call(caller, issued, end, returned, first, nr, operation));
    }

    public long longestStall(int cpu) {
        return stalls.stream()
                .filter(s -> s.cpu() == cpu)
                .mapToLong(Span::length)
                .max()
                .orElse(0);
    }

    public long longestWait(String domain) {
        return waits.stream()
                .filter(s -> s.domain().equals(domain))
                .mapToLong(Span::length)
                .max()
                .orElse(0);
    }

    public long longestLate(String domain) {
        return lates.stream()
                .filter(s -> s.domain().equals(domain))
                .mapToLong(Span::length)
                .max()
                .orElse(0);
    }

    public long longestSlice() {
        return slices.stream().mapToLong(Slice::length).max().orElse(0);
    }
}
