package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.FileMetaInformation;
import com.pixelmed.dicom.ShortStringAttribute;
import com.pixelmed.dicom.TagFromName;
import com.pixelmed.dicom.UniqueIdentifierAttribute;
import com.pixelmed.dicom.UnsignedLongAttribute;
import com.pixelmed.dicom.ValueRepresentation;

/** File Meta Information (PS3.10 7.1) that names Rigatino, not the toolkit. */
final class FileMeta {
    private FileMeta() {}

    static void add(AttributeList list, String transferSyntaxUid, String sourceAeTitle)
            throws com.pixelmed.dicom.DicomException {
        list.removeMetaInformationHeaderAttributes();
        FileMetaInformation.addFileMetaInformation(list, transferSyntaxUid, sourceAeTitle);
        Attribute uid = new UniqueIdentifierAttribute(TagFromName.ImplementationClassUID);
        uid.addValue(Uids.IMPLEMENTATION_CLASS_UID);
        list.put(uid);
        Attribute version = new ShortStringAttribute(TagFromName.ImplementationVersionName);
        version.addValue(Uids.IMPLEMENTATION_VERSION_NAME);
        list.put(version);
        list.put(groupLength(list));
    }

    /** Bytes that follow it in the group: PS3.10 7.1, encoded as PS3.5 7.1.2 says. */
    private static Attribute groupLength(AttributeList list) throws com.pixelmed.dicom.DicomException {
        long length = 0;
        for (Attribute attribute : list.values()) {
            AttributeTag tag = attribute.getTag();
            if (tag.isFileMetaInformationGroup() && !tag.equals(TagFromName.FileMetaInformationGroupLength)) {
                boolean shortForm = ValueRepresentation.isShortValueLengthVR(attribute.getVR());
                length += (shortForm ? 8 : 12) + attribute.getPaddedVL();
            }
        }
        Attribute groupLength = new UnsignedLongAttribute(TagFromName.FileMetaInformationGroupLength);
        groupLength.addValue(length);
        return groupLength;
    }
}
