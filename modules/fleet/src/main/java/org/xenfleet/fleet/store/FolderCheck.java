package org.xenfleet.fleet.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who may use a folder as a store. Each check returns if all is well and otherwise says what is not. */
final class FolderCheck {
    private static final String SHARED =
            " Nodes on several machines need a shared store: give --store jdbc:postgresql://HOST/DATABASE.";

    private FolderCheck() {}

    /** Who starts or resumes a run finds the mark of another start of it. */
    static void mayOpen(Path folder, StoreMark mark, String run, Machine here) throws StoreRefused {
        checkRun(folder, mark, run);
        if (!here.isTogetherWith(mark.machine()) && !here.isAgain(mark.machine())) {
            throw new StoreRefused(
                    foreign(folder, mark.machine(), here) + SHARED + " If no process of the run lives on "
                            + mark.machine().host() + " any more, remove " + folder.resolve(StoreMark.FILE)
                            + ", and the run can be resumed here.");
        }
    }

    /** Who helps with a run was told of a folder by who started it. */
    static void mayJoin(Path folder, Optional<StoreMark> mark, String run, Machine here) throws StoreRefused {
        if (mark.isEmpty()) {
            throw new StoreRefused("There are no checkpoints of a run in " + folder + " on this machine, " + here.host()
                    + "." + SHARED);
        }
        checkRun(folder, mark.get(), run);
        if (!here.isTogetherWith(mark.get().machine())) {
            throw new StoreRefused(foreign(folder, mark.get().machine(), here) + SHARED);
        }
    }

    /** A folder without a mark becomes a store only if it is empty, or was one. */
    static void holdsNothingElse(Path folder) throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            for (Path file : content) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals(StoreMark.FILE) && !name.endsWith(PieceName.SUFFIX) && !Drafts.isDraft(file)) {
                    throw new StoreRefused(folder + " holds something else than checkpoints, such as " + name
                            + "; name a folder that does not exist yet or is empty.");
                }
            }
        }
    }

    private static void checkRun(Path folder, StoreMark mark, String run) throws StoreRefused {
        if (!mark.run().equals(run)) {
            throw new StoreRefused("The checkpoints in " + folder + " are those of the run " + mark.run() + ", not of "
                    + run + "; give each run a folder of its own.");
        }
    }

    private static String foreign(Path folder, Machine made, Machine here) {
        String whose = made.host().equals(here.host())
                ? "another machine that is called " + made.host() + " too."
                : "machine " + made.host() + ", and this is machine " + here.host() + ".";
        return "The checkpoints in " + folder + " are those of " + whose;
    }
}
