package org.xenfleet.xen.sched;

import java.util.Arrays;
import org.xenfleet.xen.Fields;

/** vCPUs in an order, each at most once. Used by one thread. */
final class VcpuList {
    private int[] vcpus = new int[4];
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int at(int position) {
        return vcpus[position];
    }

    /** As they stand now. */
    int[] toArray() {
        return Arrays.copyOf(vcpus, size);
    }

    void add(int vcpu) {
        insert(size, vcpu);
    }

    void insert(int position, int vcpu) {
        if (size == vcpus.length) {
            vcpus = Arrays.copyOf(vcpus, size * 2);
        }
        System.arraycopy(vcpus, position, vcpus, position + 1, size - position);
        vcpus[position] = vcpu;
        size++;
    }

    boolean contains(int vcpu) {
        return indexOf(vcpu) >= 0;
    }

    /** Takes it out, wherever it stands. Returns whether it was there. */
    boolean remove(int vcpu) {
        int i = indexOf(vcpu);
        if (i < 0) {
            return false;
        }
        size--;
        System.arraycopy(vcpus, i + 1, vcpus, i, size - i);
        return true;
    }

    private int indexOf(int vcpu) {
        for (int i = 0; i < size; i++) {
            if (vcpus[i] == vcpu) {
                return i;
            }
        }
        return -1;
    }

    void fields(String field, Fields f) {
        size = f.at(field + "s", size);
        if (size > vcpus.length) {
            vcpus = new int[size];
        }
        for (int i = 0; i < size; i++) {
            vcpus[i] = f.at(field, vcpus[i]);
        }
    }
}
