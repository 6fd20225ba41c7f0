package org.xenfleet.scenario;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets of pCPUs as text: {@code 0-3,^2,7}, applied from left to right, as in the {@code cpus} of an xl file. */
final class CpuList {
    private static final Pattern PART = Pattern.compile("(\\^?)([0-9]{1,9})(?:-([0-9]{1,9}))?");

    private CpuList() {}

    /** A set, or the sentence that says what is wrong; {@code problem} is empty when all is well. */
    record Result(BitSet cpus, String problem) {}

    static Result parse(String text, int hostCpus) {
        BitSet cpus = new BitSet();
        for (String raw : text.split(",", -1)) {
            String part = raw.strip();
            if (part.equals("all")) {
                cpus.set(0, hostCpus);
                continue;
            }
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                return wrong(
                        "has the part '" + part + "', which is not a pCPU or a range; write for example \"0-3,^2,7\"");
            }
            int first = Integer.parseInt(matcher.group(2));
            int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
            if (last < first) {
                return wrong("has the range '" + part + "', which ends before it begins");
            }
            if (last >= hostCpus) {
                return wrong("names pCPU " + last + ", but the host has only the pCPUs 0 to " + (hostCpus - 1));
            }
            cpus.set(first, last + 1, matcher.group(1).isEmpty());
        }
        return cpus.isEmpty() ? wrong("leaves no pCPU at all") : new Result(cpus, "");
    }

    /** {@code 0-3,7}; {@code none} for the empty set. */
    static String text(BitSet cpus) {
        StringBuilder text = new StringBuilder();
        for (int first = cpus.nextSetBit(0); first >= 0; ) {
            int end = cpus.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (end - 1 > first) {
                text.append('-').append(end - 1);
            }
            first = cpus.nextSetBit(end);
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    static String count(int number) {
        return number == 1 ? "1 pCPU" : number + " pCPUs";
    }

    /** Whether every member of {@code part} is in {@code whole}. */
    static boolean within(BitSet part, BitSet whole) {
        BitSet rest = (BitSet) part.clone();
        rest.andNot(whole);
        return rest.isEmpty();
    }

    private static Result wrong(String problem) {
        return new Result(new BitSet(), problem);
    }
}
