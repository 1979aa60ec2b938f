package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rigatino.learn.train.ImageFile;
import org.rigatino.restore.ModelRelease;

/** What a release refuses by its header in service is no measure of it. Pictures have none, and are taken at their word. */
final class Eligible {
    private Eligible() {}

    /** @throws IOException where the release refuses DICOM files of the cohort by a rule of its eligibility; the message says by which */
    static void require(Cohort cohort, ModelRelease release) throws IOException {
        Map<String, List<String>> refused = new TreeMap<>();
        for (int image = 0; image < cohort.size(); image++) {
            String name = cohort.entries().get(image).file();
            ImageFile.refusal(cohort.file(image), release.file().eligibility())
                    .ifPresent(refusal -> refused.computeIfAbsent(refusal.rule(), rule -> new ArrayList<>())
                            .add(name));
        }
        if (!refused.isEmpty()) {
            throw new IOException(release.name() + "/" + release.version() + " refuses DICOM files of the split "
                    + cohort.split() + ": " + told(refused)
                    + ". It is measured on what it judges in service: take their lines out of "
                    + cohort.directory().resolve("manifest.csv"));
        }
    }

    private static String told(Map<String, List<String>> refused) {
        return refused.entrySet().stream()
                .map(rule -> rule.getValue().size() + " by " + rule.getKey() + " ("
                        + rule.getValue().get(0) + (rule.getValue().size() > 1 ? " and others)" : ")"))
                .collect(Collectors.joining(", "));
    }
}
