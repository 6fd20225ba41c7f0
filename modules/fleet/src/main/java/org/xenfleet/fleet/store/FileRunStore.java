package org.xenfleet.fleet.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.results.OutputException;

/**
 * The store that needs nobody: a folder with a file for each piece. No process holds it, so nobody's death loses it. All
 * processes of one machine may use it at once; those of another are refused, because what one machine has written another may
 * see late or never. A process that is killed loses nothing that it has put. Pieces are forced to the disk before they take the
 * place of older ones, so that after a loss of power each is whole, as it was put last or some seconds earlier.
 */
public final class FileRunStore implements RunStore {
    private final Path folder;
    private final Drafts drafts;
    private volatile boolean closed;

    private FileRunStore(Path folder) {
        this.folder = folder;
        this.drafts = new Drafts(folder);
    }

    /**
     * The store for who starts or resumes a run: makes the folder where there is none, and takes it over where this machine was
     * restarted.
     *
     * @param run a name as of a piece
     * @throws StoreRefused if the folder is something else, of another run or of another machine
     */
    public static FileRunStore open(Path folder, String run) throws IOException {
        return open(folder, run, Machine.here());
    }

    /**
     * The store for who helps with a run that somebody else has started: on the same machine, and there already.
     *
     * @throws StoreRefused if it is not
     */
    public static FileRunStore join(Path folder, String run) throws IOException {
        return join(folder, run, Machine.here());
    }

    static FileRunStore open(Path folder, String run, Machine here) throws IOException {
        Pieces.checkName(run);
        Path place = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(place);
            Optional<StoreMark> mark = StoreMark.read(place);
            if (mark.isPresent()) {
                FolderCheck.mayOpen(place, mark.get(), run, here);
            } else {
                FolderCheck.holdsNothingElse(place);
            }
            FileRunStore store = new FileRunStore(place);
            StoreMark wanted = new StoreMark(run, here);
            if (!mark.equals(Optional.of(wanted))) {
                wanted.write(place, store.drafts);
            }
            store.drafts.sweep();
            return store;
        } catch (StoreRefused e) {
            throw e;
        } catch (IOException e) {
            throw cannotWrite(place, e);
        }
    }

    static FileRunStore join(Path folder, String run, Machine here) throws IOException {
        Pieces.checkName(run);
        Path place = folder.toAbsolutePath().normalize();
        try {
            FolderCheck.mayJoin(place, StoreMark.read(place), run, here);
            FileRunStore store = new FileRunStore(place);
            store.drafts.sweep();
            return store;
        } catch (StoreRefused e) {
            throw e;
        } catch (IOException e) {
            throw cannotRead(place, e);
        }
    }

    @Override
    public void put(String piece, byte[] bytes) throws IOException {
        Pieces.checkName(piece);
        Pieces.checkSize(piece, bytes);
        refuseIfClosed();
        Path file = folder.resolve(PieceName.fileOf(piece));
        try {
            drafts.replace(file, channel -> PieceFile.write(channel, piece, bytes));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    @Override
    public Optional<byte[]> get(String piece) throws IOException {
        Pieces.checkName(piece);
        refuseIfClosed();
        Path file = folder.resolve(PieceName.fileOf(piece));
        try {
            return Optional.of(PieceFile.read(file, piece));
        } catch (NoSuchFileException e) {
            refuseIfGone(e);
            return Optional.empty();
        } catch (DamagedPiece e) {
            throw e;
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    @Override
    public void remove(String prefix) throws IOException {
        Pieces.checkPrefix(prefix);
        refuseIfClosed();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PieceName.SUFFIX)) {
            for (Path file : files) {
                if (nameOf(file).filter(name -> name.startsWith(prefix)).isPresent()) {
                    Files.deleteIfExists(file);
                }
            }
            drafts.sweep();
        } catch (DamagedPiece e) {
            throw e;
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private static Optional<String> nameOf(Path file) throws IOException {
        String fileName = String.valueOf(file.getFileName());
        if (!PieceName.isShortened(fileName)) {
            return PieceName.pieceOf(fileName);
        }
        try {
            return Optional.of(PieceFile.nameIn(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void refuseIfClosed() throws IOException {
        if (closed) {
            throw new IOException("The store " + folder + " is closed.");
        }
    }

    private void refuseIfGone(IOException cause) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw cannotRead(folder, cause);
        }
    }

    private static IOException cannotWrite(Path where, IOException cause) {
        return new IOException("Cannot write " + where + ": " + OutputException.reason(cause) + ".", cause);
    }

    private static IOException cannotRead(Path where, IOException cause) {
        return new IOException("Cannot read " + where + ": " + OutputException.reason(cause) + ".", cause);
    }
}
