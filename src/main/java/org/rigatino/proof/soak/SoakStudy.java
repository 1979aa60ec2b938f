package org.rigatino.proof.soak;

import java.util.List;
import java.util.Set;
import org.rigatino.proof.demo.DicomFiles.DicomFile;
import org.rigatino.proof.soak.SoakAudit.Sent;

/**
 * @param files in the order of {@code instances}
 * @param ways in which it is sent beside the plain one
 */
record SoakStudy(List<DicomFile> files, List<Sent> instances, Set<Fault> ways) {}
