package org.xenfleet.host.statements;

import java.util.List;

/** All statements, in their order. */
final class Statements {
    private Statements() {}

    static List<Statement> all() {
        return List.of(new SingleSlice(), new StopMachineFreezes());
    }
}
