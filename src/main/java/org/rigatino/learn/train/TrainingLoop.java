package org.rigatino.learn.train;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The iterations of a training, and what is written on the way. Leaves a checkpoint behind when it is interrupted. */
final class TrainingLoop {
    private final Trainer trainer;
    private final Checkpoint checkpoint;
    private final Curves curves;
    private final Validation validation;
    private final Sheet sheet;
    private final Progress progress;
    private final int every;
    /** Of every kind, the last that was a number: what it was, and when. */
    private final Map<String, String> before = new HashMap<>();

    /** @param every iterations between validations, each with a checkpoint, curves and an image sheet */
    TrainingLoop(
            Trainer trainer,
            Checkpoint checkpoint,
            Curves curves,
            Validation validation,
            Sheet sheet,
            Progress progress,
            int every) {
        this.trainer = trainer;
        this.checkpoint = checkpoint;
        this.curves = curves;
        this.validation = validation;
        this.sheet = sheet;
        this.progress = progress;
        this.every = every;
    }

    /** @throws TrainingException where it ends before its last iteration; the last good checkpoint is kept */
    void run() throws IOException {
        try (Interruption interruption = new Interruption()) {
            while (!trainer.finished()) {
                step();
                if (trainer.iteration() % every == 0 || trainer.finished()) {
                    report();
                }
                if (interruption.requested()) {
                    leave();
                }
            }
        }
    }

    /** Says so before the process goes on leaving: nothing is heard of it afterwards. */
    private void leave() throws IOException {
        checkpoint.save(trainer, curves);
        TrainingException interrupted = TrainingException.interrupted(trainer.iteration(), checkpoint.kept());
        progress.say(interrupted.getMessage());
        throw interrupted;
    }

    private void step() {
        Map<String, Double> losses = trainer.step();
        requireFinite(losses, " loss");
        curves.addLosses(trainer.iteration(), losses);
        progress.show(trainer.iteration(), losses);
    }

    private void requireFinite(Map<String, Double> values, String kind) {
        values.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                String what = "the " + name + kind + " is " + value + before.getOrDefault(name + kind, "");
                throw TrainingException.diverged(what, trainer.iteration(), checkpoint.kept());
            }
            before.put(name + kind, String.format(Locale.ROOT, ", %.4g at iteration %d", value, trainer.iteration()));
        });
    }

    private void report() throws IOException {
        Map<String, Double> measured = validation.measure(trainer);
        requireFinite(measured, "");
        curves.addValidation(trainer.iteration(), measured);
        checkpoint.save(trainer, curves);
        progress.validated(trainer.iteration(), measured);
        curves.write(checkpoint.folder());
        sheet.write(trainer.iteration(), trainer::restore);
    }
}
