package org.rigatino.archive;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.dicom.DicomException;

/** What an archive answered with is of more than one patient: which is meant has to be said by a Study Instance UID. */
public class SeveralPatientsException extends DicomException {
    private final transient List<List<ListedStudy>> patients;

    /** @param patients the studies of each */
    SeveralPatientsException(String archive, List<List<ListedStudy>> patients) {
        super(
                archive + " lists studies of " + patients.size()
                        + " patients for what was asked: none is fetched. Name the study that is meant by its Study Instance UID");
        this.patients = patients.stream().map(List::copyOf).toList();
    }

    /** Without who they are. */
    public List<SourceResource.Study> listed() {
        List<SourceResource.Study> studies = new ArrayList<>();
        for (int i = 0; i < patients.size(); i++) {
            int patient = i + 1;
            patients.get(i).forEach(study -> studies.add(SourceResource.Study.of(study, patient, null)));
        }
        return studies;
    }
}
