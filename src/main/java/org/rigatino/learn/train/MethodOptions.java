package org.rigatino.learn.train;

/**
 * Options of {@code rigatino train} that one method has, a picocli mixin. Their names and those of
 * {@link TrainingOptions} are different throughout.
 */
interface MethodOptions {
    Recipe recipe(TrainingOptions common);
}
