package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.List;

/** A table of the report with what is said above and below it, alike on the console and on the page. */
record Section(String title, List<String> above, MetricTable table, List<String> below) {
    private Section(String title, MetricTable table) {
        this(title, List.of(), table, List.of());
    }

    /** Those that there is something to say in; the image level first. */
    static List<Section> of(Evaluation evaluation) {
        Sentences sentences = new Sentences(evaluation);
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Image level", MetricTable.image(evaluation)));
        if (evaluation.cohort().masked()) {
            sections.add(new Section("Pixel level", MetricTable.pixel(evaluation)));
        }
        sections.add(new Section("What overlays mark", List.of(), MetricTable.marks(evaluation), sentences.marks()));
        evaluation
                .studies()
                .ifPresent(studies -> sections.add(new Section(
                        "Studies",
                        List.of(sentences.studies(studies)),
                        MetricTable.study(evaluation),
                        sentences.rules())));
        sections.add(new Section(
                "Share of abnormal images flagged, by the pixels of their lesions and how many there are",
                MetricTable.sizes(evaluation)));
        sections.add(new Section(
                "Differences on the images that both judge",
                List.of(),
                MetricTable.differences(evaluation),
                sentences.differences()));
        evaluation
                .sharpness()
                .ifPresent(sharpness -> sections.add(new Section(
                        "Pairs of like sharpness",
                        List.of(sentences.sharpness(sharpness)),
                        MetricTable.matched(evaluation),
                        sentences.pairs(sharpness))));
        sections.removeIf(section -> section.table().lines().isEmpty());
        return sections;
    }
}
