package org.rigatino.learn.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FileMeta;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.PlacedScore;
import org.rigatino.finding.SlicePlace;
import org.rigatino.finding.StackedSlice;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.image.ModelGrid;
import org.rigatino.image.Slab;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Refusal;

/**
 * DICOM files as the release will meet them: the same eligibility, the same decoding, the same framing. What is not
 * eligible is left out and counted under its rule.
 */
final class DicomImages {
    private static final String NOT_DICOM = "not-dicom";
    private static final String UNREADABLE = "unreadable";
    private static final String NO_PATIENT = "no-patient-id";
    private static final String DUPLICATE = "duplicate";

    private final ImageLoader loader;
    private final Eligibility eligibility;
    private final Omissions omissions;
    private final Set<String> seen = new HashSet<>();

    DicomImages(ImageLoader loader, Eligibility eligibility, Omissions omissions) {
        this.loader = loader;
        this.eligibility = eligibility;
        this.omissions = omissions;
    }

    /** The file's eligible frames, none where the file is not eligible. @param name of the file among the omissions */
    List<PatientImage> read(Path file, String name) {
        if (!FileMeta.isDicom(file)) {
            omissions.add(NOT_DICOM, name);
            return List.of();
        }
        try {
            return frames(file, name, Dataset.readHeader(file));
        } catch (DicomException e) {
            omissions.add(UNREADABLE, name);
            return List.of();
        }
    }

    /**
     * Whether a release may learn from the file: a picture, of which nothing more is told, or a DICOM file with an eligible frame.
     *
     * @param name of the file among the omissions
     */
    boolean takes(Path file, String name) {
        if (!FileMeta.isDicom(file)) {
            return true;
        }
        try {
            return !eligible(Dataset.readHeader(file), name).isEmpty();
        } catch (DicomException e) {
            omissions.add(UNREADABLE, name);
            return false;
        }
    }

    private List<PatientImage> frames(Path file, String name, Dataset header) throws DicomException {
        List<Integer> eligible = eligible(header, name);
        Optional<String> refusal = eligible.isEmpty() ? Optional.empty() : refusal(header);
        if (refusal.isPresent()) {
            omissions.add(refusal.get(), name);
            return List.of();
        }
        List<PatientImage> images = new ArrayList<>();
        if (!eligible.isEmpty()) {
            try (InstanceFrames frames = InstanceFrames.open(file)) {
                for (int number : eligible) {
                    Frame frame = frames.frame(number);
                    ModelGrid grid = loader.gridOf(frame);
                    if (eligibility.covers(grid.foregroundShare())) {
                        images.add(new PatientImage(
                                loader.load(frame, grid),
                                header.require(Tag.PatientID),
                                Optional.empty(),
                                Optional.of(slice(frame)),
                                Slab.of(header, frames.count(), number)
                                        .map(StackedSlice::of)
                                        .map(lies -> new PatientImage.Lying(lies, grid)),
                                Optional.empty(),
                                name + " frame " + number));
                    } else {
                        omissions.add(ModelRelease.FOREGROUND_RULE, name + " frame " + number);
                        Slab.of(header, frames.count(), number)
                                .map(StackedSlice::of)
                                .ifPresent(omissions::add);
                    }
                }
            }
        }
        return images;
    }

    /** Of the study and series that its header names. */
    static StudySlice slice(Frame frame) {
        PlacedScore placed = new PlacedScore(frame.reference(), SlicePlace.of(frame), 0);
        return new StudySlice(frame.reference().studyInstanceUid(), placed.series(), placed.place());
    }

    /** Frames by their number. An instance of which every frame is left out by one rule is named once. */
    private List<Integer> eligible(Dataset header, String name) {
        List<Integer> eligible = new ArrayList<>();
        Map<Integer, String> refused = new LinkedHashMap<>();
        List<Optional<Refusal>> refusals = InstanceFrames.ofEach(header, number -> eligibility.refusal(header, number));
        for (int number = 1; number <= refusals.size(); number++) {
            Optional<Refusal> refusal = refusals.get(number - 1);
            if (refusal.isPresent()) {
                refused.put(number, refusal.get().rule());
            } else {
                eligible.add(number);
            }
        }
        Set<String> rules = new HashSet<>(refused.values());
        if (eligible.isEmpty() && rules.size() == 1) {
            omissions.add(rules.iterator().next(), name);
        } else {
            refused.forEach((number, rule) -> omissions.add(rule, name + " frame " + number));
        }
        return eligible;
    }

    private Optional<String> refusal(Dataset header) {
        if (header.string(Tag.PatientID).isEmpty()) {
            return Optional.of(NO_PATIENT);
        }
        boolean first = seen.add(header.string(Tag.SOPInstanceUID).orElse(""));
        return first ? Optional.empty() : Optional.of(DUPLICATE);
    }
}
