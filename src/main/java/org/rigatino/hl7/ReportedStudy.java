package org.rigatino.hl7;

import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.persistence.Finding;

/**
 * What the record and the instances tell of a study revision.
 *
 * @param header of an instance; empty where the instances do not agree on one patient, where none can be read, and where
 *     their files were deleted by rigatino.retention
 * @param highest finding of the image that ranks highest; empty where none was restored
 */
record ReportedStudy(Optional<Dataset> header, Optional<Finding> highest) {}
