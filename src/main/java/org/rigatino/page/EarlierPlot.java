package org.rigatino.page;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.rigatino.chart.Chart;
import org.rigatino.chart.Picture;
import org.rigatino.web.EarlierStudies;
import org.rigatino.web.EarlierStudies.OfRelease;

/**
 * Scores and marked volumes of a patient's studies over days. What one release said with one set of settings is a line;
 * nothing joins those of two, whose scales differ.
 */
final class EarlierPlot {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 200;
    /** Told apart without colour vision too. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x1F5FA8), new Color(0xB34700), new Color(0x00785A), new Color(0x8A3A78), new Color(0x555555));

    private EarlierPlot() {}

    /** Whether there is anything over time. */
    static boolean isDrawn(EarlierStudies studies) {
        return studies.earlier().stream().anyMatch(study -> study.daysBefore() != null);
    }

    /** @throws IOException where this machine has no font */
    static byte[] png(EarlierStudies studies, Language language) throws IOException {
        boolean german = language == Language.DE;
        String days = german ? "Tage gegenüber dieser Untersuchung" : "days from this study";
        List<Chart> charts = new ArrayList<>();
        lines(studies, OfRelease::score)
                .ifPresent(lines -> charts.add(chart(german ? "höchster Wert" : "highest score", days, lines)));
        lines(studies, OfRelease::millilitres)
                .ifPresent(lines -> charts.add(chart(german ? "markiert, ml" : "marked, ml", days, lines)));
        return new Picture(charts).png();
    }

    private static Chart chart(String up, String days, Map<String, SortedMap<Integer, Double>> lines) {
        Chart chart = new Chart("", days, up, WIDTH, HEIGHT);
        int number = 0;
        for (Map.Entry<String, SortedMap<Integer, Double>> line : lines.entrySet()) {
            chart.line(line.getKey(), COLOURS.get(number++ % COLOURS.size()), line.getValue());
        }
        return chart;
    }

    /** By name of release, with the beginning of its digest where that is needed to tell two apart; empty where there is no value. */
    static Optional<Map<String, SortedMap<Integer, Double>>> lines(
            EarlierStudies studies, Function<OfRelease, Double> value) {
        Map<String, String> models = new LinkedHashMap<>();
        Map<String, SortedMap<Integer, Double>> byScale = new LinkedHashMap<>();
        List<EarlierStudies.Restored> all = new ArrayList<>(List.of(studies.study()));
        all.addAll(studies.earlier());
        for (EarlierStudies.Restored study : all) {
            for (OfRelease release : study.findings()) {
                if (study.daysBefore() != null && value.apply(release) != null) {
                    String scale = release.modelDigest() + " " + release.configurationDigest();
                    models.put(scale, release.model());
                    // Of studies of one day the highest is shown.
                    byScale.computeIfAbsent(scale, key -> new TreeMap<>())
                            .merge((int) -study.daysBefore(), value.apply(release), Math::max);
                }
            }
        }
        Map<String, SortedMap<Integer, Double>> named = new LinkedHashMap<>();
        byScale.forEach((scale, points) -> named.put(name(scale, models), points));
        return named.isEmpty() ? Optional.empty() : Optional.of(named);
    }

    private static String name(String scale, Map<String, String> models) {
        String model = models.get(scale);
        boolean alone = models.values().stream().filter(model::equals).count() == 1;
        String[] digests = scale.split(" ");
        return alone ? model : model + " " + start(digests[0]) + " " + start(digests[digests.length - 1]);
    }

    private static String start(String digest) {
        return digest.substring(0, Math.min(8, digest.length()));
    }
}
