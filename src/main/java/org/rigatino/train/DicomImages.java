package org.rigatino.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FileMeta;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ModelRelease;

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
            Dataset header = Dataset.readHeader(file);
            Optional<String> refusal = refusal(header);
            if (refusal.isPresent()) {
                omissions.add(refusal.get(), name);
                return List.of();
            }
            return frames(file, name, header.require(Tag.PatientID));
        } catch (DicomException e) {
            omissions.add(UNREADABLE, name);
            return List.of();
        }
    }

    private Optional<String> refusal(Dataset header) {
        Optional<String> rule = eligibility.refusedBy(header);
        if (rule.isPresent()) {
            return rule;
        }
        if (header.string(Tag.PatientID).isEmpty()) {
            return Optional.of(NO_PATIENT);
        }
        boolean first = seen.add(header.string(Tag.SOPInstanceUID).orElse(""));
        return first ? Optional.empty() : Optional.of(DUPLICATE);
    }

    private List<PatientImage> frames(Path file, String name, String patient) throws DicomException {
        List<PatientImage> images = new ArrayList<>();
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            for (int number = 1; number <= frames.count(); number++) {
                Frame frame = frames.frame(number);
                if (eligibility.covers(loader.foregroundShare(frame))) {
                    images.add(new PatientImage(loader.load(frame), patient, Optional.empty()));
                } else {
                    omissions.add(ModelRelease.FOREGROUND_RULE, name + " frame " + number);
                }
            }
        }
        return images;
    }
}
