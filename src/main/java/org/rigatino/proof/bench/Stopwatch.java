package org.rigatino.proof.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Times work by the clock on the wall.
 *
 * @param warmUp rounds that are not timed
 * @param rounds that are timed at least
 * @param seconds that all timed rounds take at least
 */
record Stopwatch(int warmUp, int rounds, double seconds) {
    /** Median seconds of one round. */
    double median(Runnable work) {
        for (int i = 0; i < warmUp; i++) {
            work.run();
        }
        List<Double> times = new ArrayList<>();
        double sum = 0;
        while (times.size() < rounds || sum < seconds) {
            long start = System.nanoTime();
            work.run();
            double time = (System.nanoTime() - start) / 1e9;
            times.add(time);
            sum += time;
        }
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
