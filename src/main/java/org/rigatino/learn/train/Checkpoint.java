package org.rigatino.learn.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The last good state of a training: a file that is whole at any time, since the next one takes its place only when it
 * lies on the disk. Holds the trainer's state and the curves.
 */
final class Checkpoint {
    private static final String FORMAT = "rigatino checkpoint 2";

    private final Path file;
    private final String images;
    private int iteration = -1;

    /** @param images digest of what is learnt from: a state goes on with the same images only */
    Checkpoint(Path file, String images) {
        this.file = file;
        this.images = images;
    }

    /** Which checkpoint there is, for messages. */
    String kept() {
        return iteration < 0
                ? "no checkpoint was written yet"
                : "the checkpoint of iteration " + iteration + " is kept in " + file;
    }

    Path folder() {
        return file.getParent();
    }

    /** @throws TrainingException where the state is not finite, or cannot be written; the file stays as it is */
    void save(Trainer trainer, Curves curves) throws IOException {
        if (!trainer.finite()) {
            throw TrainingException.diverged("a weight or a moment is not a number", trainer.iteration(), kept());
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            write(next, trainer, curves);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(next);
            throw TrainingException.notWritten(
                    new IOException("the checkpoint " + next + " cannot be written: " + e.getMessage(), e), kept());
        }
        iteration = trainer.iteration();
    }

    private void write(Path next, Trainer trainer, Curves curves) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(next)))) {
            out.writeUTF(FORMAT);
            out.writeUTF(images);
            trainer.save(out);
            curves.save(out);
        }
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    void load(Trainer trainer, Curves curves) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no checkpoint " + file + " to go on from: leave --resume out");
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (!in.readUTF().equals(FORMAT)) {
                throw new IOException(file + " is of another version of Rigatino: start anew without --resume");
            }
            if (!in.readUTF().equals(images)) {
                throw new IOException(file + " has learnt from other images than --data, --profile, the grid and the"
                        + " patients held back now give to this version of Rigatino: give the same, or go on with"
                        + " the version that began, or start anew without --resume");
            }
            trainer.load(in);
            curves.load(in);
        } catch (EOFException e) {
            throw new IOException(file + " is cut off: start anew without --resume", e);
        }
        iteration = trainer.iteration();
    }
}
