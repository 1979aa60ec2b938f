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

    static void fill(PID pid, Dataset header, Optional<String> assigningAuthority, SourceFields fields)
            throws DataTypeException {
        pid.getSetIDPID().setValue("1");
        CX id = pid.getPatientIdentifierList(0);
        fields.copy(header, Tag.PatientID, id.getIDNumber());
        issuer(id.getAssigningAuthority(), header, assigningAuthority, fields);
        if (header.strings(Tag.PatientName).size() > 1) {
            fields.leaveOut(Tag.PatientName);
        } else {
            name(pid, header.componentGroups(Tag.PatientName), fields);
        }
        String birthDate = fields.text(header, Tag.PatientBirthDate, SourceFields::isDate);
        fields.set(pid.getDateTimeOfBirth().getTime(), birthDate, Tag.PatientBirthDate);
        String sex = fields.text(header, Tag.PatientSex, value -> value.matches("[MFO]"));
        fields.set(pid.getAdministrativeSex(), sex, Tag.PatientSex);
    }

    private static void issuer(HD authority, Dataset header, Optional<String> otherwise, SourceFields fields) {
        String namespace = fields.text(header, Tag.IssuerOfPatientID);
        Optional<Dataset> qualifiers;
        try {
            header.requireReadable(Tag.IssuerOfPatientID);
            qualifiers = header.items(Tag.IssuerOfPatientIDQualifiersSequence).stream()
                    .filter(item -> item.string(Tag.UniversalEntityID).isPresent())
                    .findFirst();
        } catch (DicomException e) {
            // Somebody issued the ID, and nobody can tell who: no authority is better than another one's name.
            fields.leaveOut(Tag.IssuerOfPatientID);
            return;
        }
        if (Text.values(header, Tag.IssuerOfPatientID).isEmpty() && qualifiers.isEmpty()) {
            namespace = otherwise.orElse("");
        }
        fields.set(authority.getNamespaceID(), namespace, Tag.IssuerOfPatientID);
        if (qualifiers.isPresent()) {
            fields.copy(qualifiers.get(), Tag.UniversalEntityID, authority.getUniversalID());
            fields.copy(qualifiers.get(), Tag.UniversalEntityIDType, authority.getUniversalIDType());
        }
    }

    /**
     * DICOM has family, given, middle, prefix, suffix; HL7 has the suffix before the prefix. A group that is no text of its
     * character set is left out: escape sequences are nobody's name.
     */
    private static void name(PID pid, List<Optional<String>> groups, SourceFields fields) throws DataTypeException {
        int repetition = 0;
        for (int group = 0; group < Math.min(groups.size(), REPRESENTATIONS.length); group++) {
            if (groups.get(group).isEmpty()) {
                fields.leaveOut(Tag.PatientName);
            }
            String text = Text.of(groups.get(group).orElse(""));
            if (text.isBlank()) {
                continue;
            }
            String[] components = text.split("\\^");
            XPN name = pid.getPatientName(repetition++);
            fields.set(name.getFamilyName().getSurname(), component(components, 0), Tag.PatientName);
            fields.set(name.getGivenName(), component(components, 1), Tag.PatientName);
            fields.set(
                    name.getSecondAndFurtherGivenNamesOrInitialsThereof(), component(components, 2), Tag.PatientName);
            fields.set(name.getPrefixEgDR(), component(components, 3), Tag.PatientName);
            fields.set(name.getSuffixEgJRorIII(), component(components, 4), Tag.PatientName);
            if (groups.size() > 1) {
                name.getNameRepresentationCode().setValue(REPRESENTATIONS[group]);
            }
        }
    }

    private static String component(String[] components, int index) {
        return index < components.length ? components[index].strip() : "";
    }
}
