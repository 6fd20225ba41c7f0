package org.xenfleet.xen.operation;

/**
 * Where a call that is cut off keeps how far it got, so that its next entry goes on there. Source: xen-semantics 1.5, 1.6, 2.2.
 */
public enum Progress {
    /** Nowhere: the call is never cut off. */
    NONE(1) {
        @Override
        CallRequest moved(CallRequest r, long done) {
            throw new IllegalArgumentException("a call without progress is cut off");
        }
    },

    /** In the caller's struct, as the first fix of XSA-89 does: first += done, nr -= done. */
    CALLER_STRUCT(1) {
        @Override
        CallRequest moved(CallRequest r, long done) {
            return new CallRequest(r.readable(), r.domid(), r.code(), r.nr() - done, r.first() + done);
        }
    },

    /** In the number of the sub-operation, bits 32 and up; the struct stays as it is (8bad6c5626). */
    OP_FROM_BIT_32(1) {
        @Override
        public long done(CallRequest r) {
            return r.carried();
        }
    },

    /** The same in bits 8 and up, not shifted, so that only multiples of 256 pages fit (e8b87b57b4). */
    OP_FROM_BIT_8(256) {
        @Override
        public long done(CallRequest r) {
            return r.carried();
        }
    },

    /** The same in the command of a memory_op, bits 6 and up, not shifted: multiples of 64 pages (XENMEM_access_op). */
    COMMAND_FROM_BIT_6(64) {
        @Override
        public long done(CallRequest r) {
            return r.carried();
        }
    },

    /** In the command of a memory_op: its upper bits hold the extent to go on with, the struct stays as it is. */
    COMMAND(1) {
        @Override
        CallRequest moved(CallRequest r, long done) {
            return new CallRequest(r.readable(), r.domid(), r.code() + (done << COMMAND_BITS), r.nr(), r.first());
        }

        @Override
        public long done(CallRequest r) {
            return r.code() >>> COMMAND_BITS;
        }
    },

    /** In the registers of an mmu_update: a pointer to the rest of the list and its length, whose bit 31 says so. */
    COUNT(1) {
        @Override
        CallRequest moved(CallRequest r, long done) {
            return new CallRequest(r.readable(), r.domid(), r.code(), left(r) - done | PREEMPTED, r.first() + done);
        }

        @Override
        public long left(CallRequest r) {
            return r.nr() & ~PREEMPTED;
        }
    },

    /** In the state of the domain that is worked on: the arguments stay as they are. */
    TARGET(1) {
        @Override
        CallRequest moved(CallRequest r, long done) {
            return r;
        }
    },

    /**
     * In the object that is worked on, as half a page table is in its page: Xen leaves the arguments as they are, here the
     * position travels with them. Simplified: nobody else finds the object half done.
     */
    OBJECT(1) {
        @Override
        public long done(CallRequest r) {
            return r.carried();
        }
    },

    /** In the registers of a multicall: a pointer to the rest of the list and its length. */
    LIST(1) {
        @Override
        CallRequest moved(CallRequest r, long done) {
            return new CallRequest(r.readable(), r.domid(), r.code(), r.nr() - done, r.first() + done);
        }
    };

    private static final int COMMAND_BITS = 6;
    private static final long PREEMPTED = 1L << 31;

    private final long unit;

    Progress(long unit) {
        this.unit = unit;
    }

    /** What can be kept is a multiple of so many iterations. */
    long unit() {
        return unit;
    }

    CallRequest moved(CallRequest r, long done) {
        return r.carrying(done);
    }

    /** The arguments of the next entry when {@code done} iterations of this one are done and at least one remains. */
    public CallRequest advance(CallRequest request, long done) {
        if (done % unit != 0) {
            throw new IllegalArgumentException(
                    this + " cannot keep " + done + " iterations, which are no multiple of " + unit);
        }
        return moved(request, done);
    }

    /** Iterations that are left. */
    public long left(CallRequest request) {
        return request.nr() - done(request);
    }

    /** Iterations that earlier entries of the call did, where the arguments still tell. */
    public long done(CallRequest request) {
        return 0;
    }
}
