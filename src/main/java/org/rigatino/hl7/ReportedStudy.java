package org.rigatino.hl7;

import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.persistence.Finding;

/**
 * What the record and the instances tell of a study revision.
 *
 * @param header of an instance that names the revision's patient, with what others of that patient say beside it; empty where
 *     the instances do not agree on one, and where none that does is there and can be read
 * @param highest finding of the image that ranks highest; empty where none was restored
 */
record ReportedStudy(Optional<Dataset> header, Optional<Finding> highest) {}
