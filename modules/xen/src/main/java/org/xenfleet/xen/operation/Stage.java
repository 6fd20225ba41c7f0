package org.xenfleet.xen.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xenfleet.xen.Errno;

/**
 * One thing that a call does, in its turn. Most calls have one stage only, their own work; a call that is cut off begins
 * with its first stage again, so that every stage that is done by then has nothing to do any more.
 *
 * @param work with {@code WORK}, the entry of the catalogue whose iterations these are; empty for the call's own; with
 *     {@code LOCK} the name of the lock, with {@code FAIL} that of the errno
 */
public record Stage(Kind kind, Optional<String> work) {

    /** What a stage does. Source of each: xen-semantics sections 5 (M10 to M14, M17, M20) and 7.2. */
    public enum Kind {
        /** Takes the domctl lock, for as long as the call is in Xen, or tries again. */
        DOMCTL_LOCK,
        /** As DOMCTL_LOCK, with a lock of the host that has a name of its own. */
        LOCK,
        /** What locks the call holds it never drops. */
        KEEP_LOCKS,
        /** domain_pause, waiting until the target's vCPUs are off their pCPUs. */
        PAUSE,
        UNPAUSE,
        /** As PAUSE, but once: the controller's pause does not count. */
        PAUSE_BY_CONTROLLER,
        UNPAUSE_BY_CONTROLLER,
        /** The target does not run any more; nobody waits for its vCPUs. */
        SHUT_DOWN,
        /** Pauses the target and marks it as dying, unless it is. */
        KILL,
        /** Drops the reference that keeps a dying target listed. */
        DROP,
        /** Gives the target's vCPUs another hard affinity; nobody waits for them. */
        SET_AFFINITY,
        /** The iterations: of the call itself, or of another entry. */
        WORK,
        /** The rest of the call is a tasklet on pCPU 0; the caller is paused until it is done. */
        ON_CPU_0,
        /** A tasklet on every pCPU, one after the other; the caller is paused until the last is done. */
        ON_EACH_CPU,
        /** All pCPUs stop until the last has arrived. */
        STOP_MACHINE,
        /** Takes a pCPU, which the arguments name, out of use. */
        OFFLINE,
        /** All pCPUs stop, or the call fails because one does not come in time. */
        LIVEPATCH,
        /** Sets a watchdog timer of the caller, which lives on pCPU 0. */
        ARM_WATCHDOG,
        /** Takes an RCU read lock on the pCPU and never drops it. */
        LEAK_RCU,
        /** Waits until every pCPU has passed a quiescent state (rcu_barrier). */
        RCU_BARRIER,
        /** Ends the call with an errno. */
        FAIL;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final String WORK_OF = Kind.WORK.label() + " ";
    private static final String LOCK_OF = Kind.LOCK.label() + " ";
    private static final String FAIL_WITH = Kind.FAIL.label() + " ";

    static final Stage OWN_WORK = new Stage(Kind.WORK, Optional.empty());

    /** As the catalogue writes it: {@code pause}, {@code work}, {@code work} and the name of an entry, {@code lock} and a name, {@code fail} and an errno. */
    static Stage of(String text) {
        if (text.startsWith(WORK_OF)) {
            return new Stage(Kind.WORK, Optional.of(text.substring(WORK_OF.length())));
        }
        if (text.startsWith(LOCK_OF)) {
            String name = text.substring(LOCK_OF.length());
            if (!name.matches("[a-z][a-z0-9-]{0,40}") || name.equals("domctl")) {
                throw new IllegalArgumentException("no lock can be named " + name
                        + "; a name has small letters, digits and '-', and that of domctls is taken by domctl-lock");
            }
            return new Stage(Kind.LOCK, Optional.of(name));
        }
        if (text.startsWith(FAIL_WITH)) {
            String errno = text.substring(FAIL_WITH.length());
            Errno.named(errno);
            return new Stage(Kind.FAIL, Optional.of(errno));
        }
        Kind kind = Arrays.stream(Kind.values())
                .filter(k -> k != Kind.FAIL && k != Kind.LOCK && k.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no stage is named " + text + "; there are "
                        + Arrays.stream(Kind.values()).map(Kind::label).collect(Collectors.joining(", "))));
        return new Stage(kind, Optional.empty());
    }
}
