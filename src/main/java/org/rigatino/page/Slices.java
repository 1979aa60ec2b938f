package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.page.StudyContents.RankedImage;
import org.rigatino.page.StudyContents.Study;

/** Numbers of images, which no row has, from the headers of the files that are kept: less than a millisecond each. */
@ApplicationScoped
class Slices {
    private static final Logger LOG = Logger.getLogger(Slices.class);

    @Inject
    JudgedFrames frames;

    /** The study with the numbers of its images. */
    Study in(Study study) {
        Map<String, Optional<Slice>> slices = new HashMap<>();
        frames.sources(
                        study.uid(),
                        study.images().stream().map(RankedImage::sop).toList())
                .forEach((sop, file) -> slices.put(sop, read(file)));
        return study.with(study.images().stream()
                .map(image -> image.in(
                        slices.getOrDefault(image.sop(), Optional.empty()).orElse(null)))
                .toList());
    }

    private static Optional<Slice> read(Path file) {
        try {
            return Slice.of(Dataset.readUntil(file, Slice.END));
        } catch (DicomException e) {
            LOG.warnf("an image is shown without its number: %s", e.getMessage());
            return Optional.empty();
        }
    }
}
