package org.rigatino.proof.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.rigatino.network.Arithmetic;
import org.rigatino.network.sagan.GeneratorShape;
import org.rigatino.restore.PyTorch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rigatino bench}. */
@Command(
        name = "bench",
        description = "Measures how quick Rigatino is, beside what else does the same work.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {IngestBench.class, PipelineBench.class, ScaleBench.class, MemoryBench.class, AuditBench.class})
public final class BenchCommand implements Runnable {
    /** The batch that the last line speaks of. */
    private static final int SUMMARY_BATCH = 8;

    private static final String HEADER = " grid width batch   images/s    GFLOP/s  of peak  MB/image";
    private static final String SUMMARY = "bench %s: %.1f images/s, %.1f GFLOP/s, %.2f of peak";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    @Command(
            name = "restore",
            description = "Times the generator's forward pass.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    int restore(@Mixin BenchOptions options) {
        return bench("restore", options, PlainConvolutions::forward, GeneratorSpeed::forward);
    }

    @Command(
            name = "train",
            description = "Times a training step: forward, backward, Adam.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    int train(
            @Mixin BenchOptions options,
            @Option(names = "--arithmetic", defaultValue = "float32", description = "float32 or bfloat16")
                    String name) {
        Arithmetic arithmetic = Arithmetic.named(name);
        return bench(
                "train",
                options,
                convolutions -> convolutions.training(arithmetic),
                (generator, batch) -> generator.training(batch, arithmetic));
    }

    private int bench(
            String name,
            BenchOptions options,
            ToDoubleFunction<PlainConvolutions> plain,
            BiFunction<GeneratorSpeed, Integer, Speed> measure) {
        try {
            measure(name, options, plain, measure);
            return 0;
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println("rigatino bench " + name + ": " + e.getMessage());
            return 1;
        }
    }

    private void measure(
            String name,
            BenchOptions options,
            ToDoubleFunction<PlainConvolutions> plain,
            BiFunction<GeneratorSpeed, Integer, Speed> measure) {
        PrintWriter out = spec.commandLine().getOut();
        Stopwatch stopwatch = options.stopwatch();
        List<GeneratorShape> shapes = options.shapes();
        try (NDManager manager = PyTorch.engine().newBaseManager(PyTorch.device(options.device))) {
            JniUtils.setGradMode(false);
            Rated summary = null;
            for (GeneratorShape shape : shapes) {
                double peak = plain.applyAsDouble(new PlainConvolutions(manager, stopwatch));
                line(out, "plain 3x3 convolutions: %.1f GFLOP/s, the peak of the rows below", peak);
                line(out, HEADER);
                for (int batch : options.batches) {
                    Speed speed = inOwnMemory(manager, shape, stopwatch, batch, measure);
                    row(out, speed, peak);
                    boolean first = summary == null
                            || batch == SUMMARY_BATCH && summary.speed().batch() != batch;
                    summary = first ? new Rated(speed, peak) : summary;
                }
            }
            summary.say(out, name);
        }
    }

    /** @param peak of plain convolutions just before, in GFLOP/s */
    private record Rated(Speed speed, double peak) {
        void say(PrintWriter out, String name) {
            line(out, SUMMARY, name, speed.imagesPerSecond(), speed.gigaflops(), speed.gigaflops() / peak);
        }
    }

    private static Speed inOwnMemory(
            NDManager manager,
            GeneratorShape shape,
            Stopwatch stopwatch,
            int batch,
            BiFunction<GeneratorSpeed, Integer, Speed> measure) {
        try (NDManager own = manager.newSubManager()) {
            return measure.apply(new GeneratorSpeed(own, shape, stopwatch), batch);
        }
    }

    private static void row(PrintWriter out, Speed speed, double peak) {
        line(
                out,
                "%5d %5d %5d %10.1f %10.1f %8.2f %9.1f",
                speed.grid(),
                speed.width(),
                speed.batch(),
                speed.imagesPerSecond(),
                speed.gigaflops(),
                speed.gigaflops() / peak,
                speed.megabytesPerImage());
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
