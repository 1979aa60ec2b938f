package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.page.StudyContents.RankedImage;
import org.rigatino.persistence.Finding;
import org.rigatino.web.EarlierStudies;
import org.rigatino.web.RevisionView.FindingView;
import org.rigatino.web.StudyQueries;

/** The image of an earlier study of the patient that is shown beside one. */
@ApplicationScoped
class BesideImages {
    /** Of one study and model: more are not searched. */
    private static final int MOST_FRAMES = 5_000;

    static final Set<Integer> TAGS =
            Stream.of(Taken.TAGS, Slice.TAGS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    @Inject
    EntityManager entities;

    @Inject
    IngestConfiguration ingest;

    @Inject
    Pictures pictures;

    /**
     * @param earlier null where the visitor is shown none
     * @param chosen Study Instance UID; another than one of those, or null, for the latest that holds a comparable image
     * @return null where there is no earlier study
     */
    Beside of(EarlierStudies earlier, FindingView shown, String chosen) {
        if (earlier == null || earlier.earlier().isEmpty()) {
            return null;
        }
        List<LyingFrame> own = frames(earlier.study().studyInstanceUid(), shown.modelName());
        Optional<LyingFrame> at =
                own.stream().filter(frame -> frame.finding().equals(shown)).findFirst();
        List<EarlierStudies.Restored> wanted = earlier.earlier().stream()
                .filter(study -> study.studyInstanceUid().equals(chosen))
                .toList();
        for (EarlierStudies.Restored study : wanted.isEmpty() ? earlier.earlier() : wanted) {
            if (study.findings().stream()
                    .noneMatch(release -> release.modelName().equals(shown.modelName()))) {
                continue;
            }
            Optional<NearestFrame> nearest = at.flatMap(frame ->
                    NearestFrame.of(frame, own, frames(study.studyInstanceUid(), shown.modelName()), this::taken));
            if (nearest.isPresent()) {
                return beside(study, at.get(), nearest.get());
            }
        }
        return new Beside(
                wanted.isEmpty() ? earlier.earlier().get(0) : wanted.get(0), null, Beside.Match.NONE, null, null, null);
    }

    private Beside beside(EarlierStudies.Restored study, LyingFrame at, NearestFrame nearest) {
        LyingFrame frame = nearest.frame();
        Slice slice = header(frame).flatMap(Slice::of).orElse(null);
        Viewer viewer = pictures.viewer(study.studyInstanceUid(), new RankedImage(1, frame.finding(), slice));
        return new Beside(
                study,
                viewer,
                nearest.match(),
                nearest.apart(),
                taken(at).map(Taken::text).orElse(""),
                taken(frame).map(Taken::text).orElse(""));
    }

    private Optional<Taken> taken(LyingFrame frame) {
        return header(frame).map(Taken::of);
    }

    private Optional<Dataset> header(LyingFrame frame) {
        Path file = ingest.store().resolve(frame.location());
        try {
            return Files.isRegularFile(file) ? Optional.of(Dataset.readOnly(file, TAGS)) : Optional.empty();
        } catch (DicomException e) {
            return Optional.empty();
        }
    }

    /** The most abnormal first, of a release of the model. */
    private List<LyingFrame> frames(String studyInstanceUid, String model) {
        List<LyingFrame> frames = new ArrayList<>();
        entities.createQuery(
                        "select i.sopInstanceUid, f.frameNumber, f.modelName, f.modelVersion, f.modelDigest, f.score,"
                                + " f.percentile, f.flagged, i.seriesInstanceUid, i.modality, f.normalX, f.normalY,"
                                + " f.normalZ, f.slicePosition, i.location, f.joinedWith, f.id from Finding f join f.instance i"
                                + StudyQueries.STANDING + " and f.modelName = :model" + Finding.RANKED,
                        Object[].class)
                .setParameter("uid", studyInstanceUid)
                .setParameter("model", model)
                .setMaxResults(MOST_FRAMES)
                .getResultList()
                .forEach(row -> frames.add(new LyingFrame(
                        new FindingView(
                                (Long) row[16],
                                (String) row[0],
                                (Integer) row[1],
                                (String) row[2],
                                (String) row[3],
                                (String) row[4],
                                (Double) row[5],
                                (Double) row[6],
                                (Boolean) row[7],
                                Finding.frames((String) row[15])),
                        (String) row[8],
                        String.valueOf(row[9]),
                        row[10] == null ? null : new double[] {(Double) row[10], (Double) row[11], (Double) row[12]},
                        (Double) row[13],
                        (String) row[14])));
        return frames;
    }
}
