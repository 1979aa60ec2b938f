package org.rigatino.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** 95 % intervals over patients: images of one patient are drawn together. */
final class Bootstrap {
    private static final int DRAWS = 2000;

    private Bootstrap() {}

    /**
     * @param statistic of a sample; draws where it is NaN (one class absent) are drawn again
     * @return lower and upper end
     */
    static <T> double[] interval(Map<String, List<T>> byPatient, ToDoubleFunction<List<T>> statistic, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<T>> patients = List.copyOf(new LinkedHashMap<>(byPatient).values());
        double[] values = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; ) {
            List<T> sample = random.ints(patients.size(), 0, patients.size())
                    .mapToObj(patients::get)
                    .flatMap(List::stream)
                    .toList();
            double value = statistic.applyAsDouble(sample);
            if (!Double.isNaN(value)) {
                values[draw++] = value;
            }
        }
        Arrays.sort(values);
        return new double[] {values[(int) (0.025 * DRAWS)], values[(int) (0.975 * DRAWS)]};
    }
}
