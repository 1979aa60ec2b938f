package org.rigatino.learn.train;

/**
 * Options of {@code rigatino train} that one method has, a picocli mixin. Their names and those of
 * {@link TrainingOptions} are different throughout.
 */
interface MethodOptions {
    /** Of a loss over another, and of the like. */
    double MOST_WEIGHT = 1e6;

    /** @throws IllegalArgumentException where a number is out of its range, or options do not go together */
    Recipe recipe(TrainingOptions common);
}
