package org.xenfleet.xen.operation;

/** Where a call that is cut off keeps how far it got, so that its next entry goes on there. Source: xen-semantics 1.5, 2.2. */
public enum Progress {
    /** Nowhere: the call is never cut off. */
    NONE {
        @Override
        CallRequest moved(CallRequest r, long done) {
            throw new IllegalArgumentException("a call without progress is cut off");
        }
    },

    /** In the caller's struct, as the first fix of XSA-89 does: first += done, nr -= done. */
    CALLER_STRUCT {
        @Override
        CallRequest moved(CallRequest r, long done) {
            return new CallRequest(r.readable(), r.domid(), r.code(), r.nr() - done, r.first() + done);
        }
    },

    /** In the command of a memory_op: its upper bits hold the extent to go on with, the struct stays as it is. */
    COMMAND {
        @Override
        CallRequest moved(CallRequest r, long done) {
            return new CallRequest(r.readable(), r.domid(), r.code() + (done << COMMAND_BITS), r.nr(), r.first());
        }

        @Override
        public long done(CallRequest r) {
            return r.code() >>> COMMAND_BITS;
        }

        @Override
        public long left(CallRequest r) {
            return r.nr() - done(r);
        }
    },

    /** In the registers of an mmu_update: a pointer to the rest of the list and its length, whose bit 31 says so. */
    COUNT {
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
    TARGET {
        @Override
        CallRequest moved(CallRequest r, long done) {
            return r;
        }
    },

    /** In the registers of a multicall: a pointer to the rest of the list and its length. */
    LIST {
        @Override
        CallRequest moved(CallRequest r, long done) {
            return new CallRequest(r.readable(), r.domid(), r.code(), r.nr() - done, r.first() + done);
        }
    };

    private static final int COMMAND_BITS = 6;
    private static final long PREEMPTED = 1L << 31;

    abstract CallRequest moved(CallRequest r, long done);

    /** The arguments of the next entry when {@code done} iterations of this one are done and at least one remains. */
    public CallRequest advance(CallRequest request, long done) {
        return moved(request, done);
    }

    /** Iterations that are left. */
    public long left(CallRequest request) {
        return request.nr();
    }

    /** Iterations that earlier entries of the call did, where the arguments still tell. */
    public long done(CallRequest request) {
        return 0;
    }
}
