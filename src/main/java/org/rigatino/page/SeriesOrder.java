package org.rigatino.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.page.StudyContents.RankedImage;
import org.rigatino.page.StudyContents.Study;

/**
 * Where judged images stand in their series. No row has their numbers: they are read from the headers of the files that are
 * kept, less than a millisecond each, and remembered.
 */
@ApplicationScoped
class SeriesOrder {
    private static final Logger LOG = Logger.getLogger(SeriesOrder.class);
    private static final int MOST = 100_000;

    @Inject
    RankedFrames frames;

    @Inject
    IngestConfiguration ingest;

    /** By location, which is that of one content. */
    private final Cache<String, Optional<Slice>> read =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /**
     * All judged images of a study, the most abnormal first: the first has rank 1. Reads files: a transaction of the caller's
     * would last as long.
     */
    List<Place> of(String studyInstanceUid) {
        List<Place> places = new ArrayList<>();
        for (RankedFrames.Ranked judged : frames.of(studyInstanceUid)) {
            places.add(new Place(
                    places.size() + 1,
                    judged.seriesInstanceUid(),
                    judged.sopInstanceUid(),
                    judged.frameNumber(),
                    judged.modelDigest(),
                    judged.flagged(),
                    judged.slicePosition(),
                    slice(judged.location())));
        }
        return places;
    }

    /** The study with the numbers of its images, where the places are of the same outcome. */
    static Study numbered(Study study, List<Place> places) {
        List<RankedImage> images = new ArrayList<>();
        for (RankedImage image : study.images()) {
            boolean known = image.rank() <= places.size()
                    && places.get(image.rank() - 1).isOf(image.finding());
            images.add(known ? image.in(places.get(image.rank() - 1).slice()) : image);
        }
        return study.with(images);
    }

    /**
     * Null where the file is not kept or not given, which is asked anew then, and where its header has no number or cannot be
     * read, which is remembered.
     */
    private Slice slice(String location) {
        Path file = ingest.store().resolve(location);
        Optional<Slice> slice = Files.isRegularFile(file) ? read.get(location, unread -> header(file)) : null;
        return slice == null ? null : slice.orElse(null);
    }

    /** Null where the file is not given. */
    private static Optional<Slice> header(Path file) {
        try {
            return Slice.of(Dataset.readOnly(file, Slice.TAGS));
        } catch (DicomException e) {
            LOG.warnf("an image is shown without its number: %s", e.getMessage());
            boolean isGiven = !(e instanceof UnavailableFileException) && Files.isRegularFile(file);
            return isGiven ? Optional.empty() : null;
        }
    }
}
