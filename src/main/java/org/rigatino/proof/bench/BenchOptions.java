package org.rigatino.proof.bench;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.network.sagan.GeneratorShape;
import picocli.CommandLine.Option;

/** What both benchmarks ask. */
final class BenchOptions {
    private static final int WARM_UP = 3;

    @Option(names = "--grid", split = ",", defaultValue = "64,128", description = "sides of the grid")
    List<Integer> grids;

    @Option(names = "--width", split = ",", defaultValue = "16,32", description = "channels after the network's stem")
    List<Integer> widths;

    @Option(names = "--patch", defaultValue = "32", description = "side of the patches that the grid is cut into")
    int patch;

    @Option(names = "--batch", split = ",", defaultValue = "1,8,32", description = "images at once")
    List<Integer> batches;

    @Option(names = "--rounds", defaultValue = "7", description = "timed rounds at least")
    int rounds;

    @Option(names = "--seconds", defaultValue = "1", description = "time of the timed rounds at least")
    double seconds;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or gpu:N")
    String device;

    Stopwatch stopwatch() {
        if (rounds < 1 || batches.stream().anyMatch(batch -> batch < 1)) {
            throw new IllegalArgumentException("--rounds and --batch are at least 1");
        }
        return new Stopwatch(WARM_UP, rounds, seconds);
    }

    List<GeneratorShape> shapes() {
        List<GeneratorShape> shapes = new ArrayList<>();
        for (int grid : grids) {
            for (int width : widths) {
                shapes.add(new GeneratorShape(width, grid, patch));
            }
        }
        return shapes;
    }
}
