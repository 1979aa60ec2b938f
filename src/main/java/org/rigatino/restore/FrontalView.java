package org.rigatino.restore;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/** How a frontal radiograph lies. */
final class FrontalView {
    private static final Set<String> VIEWS = Set.of("AP", "PA");
    /** Rows run to the patient's left, columns to the feet (PS3.3 C.7.6.1.1.1), whichever way the rays went. */
    private static final List<String> UPRIGHT = List.of("L", "F");

    private FrontalView() {}

    /**
     * Whether Patient Orientation says nothing of the kind that a frontal view is turned or mirrored. Of an empty one,
     * usual in CR, nothing is said. Other views are not looked at.
     */
    static boolean notTurned(Dataset header) {
        String view = header.string(Tag.ViewPosition).orElse("").toUpperCase(Locale.ROOT);
        List<String> orientation = header.strings(Tag.PatientOrientation);
        boolean said = orientation.stream().anyMatch(value -> !value.isBlank());
        return !VIEWS.contains(view) || !said || orientation.equals(UPRIGHT);
    }
}
