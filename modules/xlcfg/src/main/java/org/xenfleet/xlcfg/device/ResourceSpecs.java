package org.xenfleet.xlcfg.device;

/**
 * What is in the texts of {@code irqs} (decimal), {@code ioports} and {@code iomem} (hexadecimal), each a number, a
 * range, or a run of pages. Mistakes are fatal but for one. Source: xlcfg-grammar section 2.10.
 */
public final class ResourceSpecs {
    private static final long MOST = 0xffff_fffeL;

    private ResourceSpecs() {}

    public static void irq(String spec, SpecReport report) {
        CUnsigned irq = CUnsigned.at(spec, 0, 10);
        if (!irq.isNumber(0) || irq.end() < spec.length() || irq.exceeds(MOST)) {
            report.refuse("it is a decimal number up to " + MOST);
        }
    }

    public static void ioPorts(String spec, SpecReport report) {
        CUnsigned first = CUnsigned.at(spec, 0, 16);
        boolean right = first.isNumber(0) && !first.exceeds(MOST);
        if (right && spec.startsWith("-", first.end())) {
            int start = first.end() + 1;
            CUnsigned last = CUnsigned.at(spec, start, 16);
            right = last.isNumber(start) && last.end() == spec.length() && !last.exceeds(MOST);
        } else if (right && first.end() < spec.length()) {
            report.warn("xl takes the number at its beginning and drops what follows");
        }
        if (!right) {
            report.refuse("it is a hexadecimal number, or two with a dash between them");
        }
    }

    public static void ioMemory(String spec, SpecReport report) {
        int at = after(spec, 0);
        at = at >= 0 && spec.startsWith(",", at) ? after(spec, at + 1) : -1;
        if (at >= 0 && spec.startsWith("@", at)) {
            at = after(spec, at + 1);
        }
        if (at != spec.length()) {
            report.refuse("it is PAGE,COUNT or PAGE,COUNT@GFN, in hexadecimal");
        }
    }

    private static int after(String spec, int start) {
        CUnsigned number = CUnsigned.scanned(spec, start);
        return number.end() > start ? number.end() : -1;
    }
}
