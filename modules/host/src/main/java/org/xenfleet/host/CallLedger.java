package org.xenfleet.host;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.operation.CallRequest;

/**
 * The hypercalls of one vCPU: the one under way, as its registers hold it, and the account of all. Times are ns. Used by
 * one thread.
 */
final class CallLedger {
    private static final long NONE = -1;

    /** Where the call under way is. */
    private enum Registers {
        NO_CALL,
        IN_XEN,
        REWOUND,
        RETURNED
    }

    private Registers registers = Registers.NO_CALL;
    private int operation;
    private CallRequest request = CallRequest.NONE;
    private int result;
    private long issuedAt = NONE;

    private boolean lost;
    /** By the operation's number. */
    private SortedMap<Integer, CallAccount> accounts = Collections.emptySortedMap();

    void issue(int ofOperation, CallRequest with, long now) {
        operation = ofOperation;
        request = with;
        issuedAt = now;
        registers = Registers.IN_XEN;
        if (accounts.isEmpty()) {
            accounts = new TreeMap<>();
        }
        accounts.computeIfAbsent(ofOperation, o -> new CallAccount());
        account().issued();
    }

    /** The instruction pointer was moved back to the call, with these arguments. */
    void rewind(CallRequest with, long pages, long sliceNs) {
        account().cutOff(1);
        slice(pages, sliceNs);
        request = with;
        registers = Registers.REWOUND;
    }

    /** It tried for a lock so often; each try was a continuation. */
    void retried(long times, boolean rewound) {
        account().cutOff(times);
        if (rewound) {
            registers = Registers.REWOUND;
        }
    }

    /** Whether a call is in Xen, or was cut off there, or has just returned. */
    boolean isUnderWay() {
        return registers != Registers.NO_CALL;
    }

    /** Whether a call is in Xen. */
    boolean isInXen() {
        return registers == Registers.IN_XEN;
    }

    void returns(int with, long pages, long sliceNs) {
        slice(pages, sliceNs);
        account().returned(with);
        result = with;
        registers = Registers.RETURNED;
    }

    void slice(long pages, long sliceNs) {
        account().slice(pages, sliceNs);
    }

    private CallAccount account() {
        CallAccount account = accounts.get(operation);
        if (account == null) {
            throw new IllegalStateException("no call of operation " + operation + " was issued");
        }
        return account;
    }

    /** Whether the vCPU's next instruction is the call again; if so the call goes into Xen. */
    boolean reissues() {
        if (registers != Registers.REWOUND) {
            return false;
        }
        registers = Registers.IN_XEN;
        return true;
    }

    /** Whether the vCPU executes its first instruction after a call; the call is then over. */
    boolean completes(long now) {
        if (registers != Registers.RETURNED) {
            return false;
        }
        account().completed(now - issuedAt);
        registers = Registers.NO_CALL;
        return true;
    }

    /**
     * Whether the vCPU runs in its guest although its call neither returned nor was rewound: its progress is then lost for
     * good, and the call stays unfinished.
     */
    boolean loses() {
        lost |= registers == Registers.IN_XEN;
        return lost;
    }

    boolean isLost() {
        return lost;
    }

    int operation() {
        return operation;
    }

    CallRequest request() {
        return request;
    }

    int result() {
        return result;
    }

    long issuedAt() {
        return issuedAt;
    }

    /** By the operation's number, what its calls came to. */
    SortedMap<Integer, CallAccount> accounts() {
        return accounts;
    }

    void fields(Fields f) {
        registers = Registers.values()[f.at("registers", registers.ordinal())];
        operation = f.at("operation", operation);
        request = request.fields(f);
        result = f.at("result", result);
        issuedAt = f.at("issued-at", issuedAt);
        lost = f.at("lost", lost);
        int n = f.at("accounts", accounts.size());
        if (f.reading()) {
            accounts = n == 0 ? Collections.emptySortedMap() : new TreeMap<>();
            for (int i = 0; i < n; i++) {
                int number = f.at("account-of", 0);
                CallAccount account = new CallAccount();
                account.fields(f);
                accounts.put(number, account);
            }
        } else {
            accounts.forEach((number, account) -> {
                f.at("account-of", number);
                account.fields(f);
            });
        }
    }
}
