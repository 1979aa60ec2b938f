package org.rigatino.restore;

import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.image.PatientOrientation;

/** How a frontal radiograph lies. */
final class FrontalView {
    private static final Set<String> VIEWS = Set.of("AP", "PA");
    /** Rows run to the patient's left, columns to the feet (PS3.3 C.7.6.1.1.1), whichever way the rays went. */
    private static final PatientOrientation UPRIGHT = new PatientOrientation("L", "F");

    private FrontalView() {}

    /**
     * Whether Patient Orientation says nothing of the kind that a frontal view is turned or mirrored. Of an empty one,
     * usual in CR, nothing is said. Other views are not looked at.
     */
    static boolean notTurned(Dataset header, Optional<PatientOrientation> orientation) throws DicomException {
        return Eligibility.values(header, Tag.ViewPosition).stream().noneMatch(VIEWS::contains)
                || orientation.isEmpty()
                || orientation.get().equals(UPRIGHT);
    }
}
