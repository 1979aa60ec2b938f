package org.rigatino.hl7;

import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.v251.datatype.CX;
import ca.uhn.hl7v2.model.v251.datatype.HD;
import ca.uhn.hl7v2.model.v251.datatype.XPN;
import ca.uhn.hl7v2.model.v251.segment.PID;
import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/** PID (HL7 2.5.1 3.4.2) of a DICOM Patient Module (PS3.3 C.2.2, C.7.1.1). What the header lacks is left empty. */
final class PatientSegment {
    /** XPN.8 by the place of a component group in a person name (PS3.5 6.2.1.1; HL7 table 4000). */
    private static final String[] REPRESENTATIONS = {"A", "I", "P"};

    private PatientSegment() {}

    static void fill(PID pid, Dataset header, Optional<String> assigningAuthority) throws DataTypeException {
        pid.getSetIDPID().setValue("1");
        CX id = pid.getPatientIdentifierList(0);
        id.getIDNumber().setValue(Text.of(header, Tag.PatientID));
        issuer(id.getAssigningAuthority(), header, assigningAuthority);
        name(pid, header.componentGroups(Tag.PatientName));
        String birthDate = Text.of(header, Tag.PatientBirthDate);
        if (birthDate.matches("\\d{8}")) {
            pid.getDateTimeOfBirth().getTime().setValue(birthDate);
        }
        String sex = Text.of(header, Tag.PatientSex);
        if (sex.matches("[MFO]")) {
            pid.getAdministrativeSex().setValue(sex);
        }
    }

    private static void issuer(HD authority, Dataset header, Optional<String> otherwise) throws DataTypeException {
        String namespace = Text.of(header, Tag.IssuerOfPatientID);
        Optional<Dataset> qualifiers;
        try {
            header.requireReadable(Tag.IssuerOfPatientID);
            qualifiers = header.items(Tag.IssuerOfPatientIDQualifiersSequence).stream()
                    .filter(item -> item.string(Tag.UniversalEntityID).isPresent())
                    .findFirst();
        } catch (DicomException e) {
            // Somebody issued the ID, and nobody can tell who: no authority is better than another one's name.
            return;
        }
        if (namespace.isEmpty() && qualifiers.isEmpty()) {
            namespace = otherwise.orElse("");
        }
        authority.getNamespaceID().setValue(namespace);
        if (qualifiers.isPresent()) {
            authority.getUniversalID().setValue(Text.of(qualifiers.get(), Tag.UniversalEntityID));
            authority.getUniversalIDType().setValue(Text.of(qualifiers.get(), Tag.UniversalEntityIDType));
        }
    }

    /**
     * DICOM has family, given, middle, prefix, suffix; HL7 has the suffix before the prefix. A group that is no text of its
     * character set is left out: escape sequences are nobody's name.
     */
    private static void name(PID pid, List<Optional<String>> groups) throws DataTypeException {
        int repetition = 0;
        for (int group = 0; group < Math.min(groups.size(), REPRESENTATIONS.length); group++) {
            String text = Text.of(groups.get(group).orElse(""));
            if (text.isBlank()) {
                continue;
            }
            String[] components = text.split("\\^");
            XPN name = pid.getPatientName(repetition++);
            name.getFamilyName().getSurname().setValue(component(components, 0));
            name.getGivenName().setValue(component(components, 1));
            name.getSecondAndFurtherGivenNamesOrInitialsThereof().setValue(component(components, 2));
            name.getPrefixEgDR().setValue(component(components, 3));
            name.getSuffixEgJRorIII().setValue(component(components, 4));
            if (groups.size() > 1) {
                name.getNameRepresentationCode().setValue(REPRESENTATIONS[group]);
            }
        }
    }

    private static String component(String[] components, int index) {
        return index < components.length ? components[index].strip() : "";
    }
}
