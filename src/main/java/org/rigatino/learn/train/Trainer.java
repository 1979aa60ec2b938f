package org.rigatino.learn.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.rigatino.restore.Restoration;

/**
 * One method's training, resumable. One thread; gradients are collected only inside {@link #step}. Holds native memory
 * until closed.
 */
interface Trainer extends Restoration, AutoCloseable {
    /** How many steps lie behind. */
    int iteration();

    boolean finished();

    /** Losses by name, in a fixed order; a loss that is not computed in this iteration is absent. */
    Map<String, Double> step();

    /** Whether every weight and moment is a finite number, critics included: only such a state is worth keeping. */
    boolean finite();

    /** What was trained: what draws, or what reads. */
    void saveWeights(DataOutputStream out) throws IOException;

    /** What judges; asked only where the recipe's network has a critic. */
    default void saveCritic(DataOutputStream out) throws IOException {
        throw new IllegalStateException("this training has no critic");
    }

    /** Everything that the next iteration depends on. */
    void save(DataOutputStream out) throws IOException;

    /** @throws IOException where the state is of another recipe, or is no state */
    void load(DataInputStream in) throws IOException;

    /** Native arrays that outlive a step. */
    int arraysHeld();

    @Override
    void close();
}
