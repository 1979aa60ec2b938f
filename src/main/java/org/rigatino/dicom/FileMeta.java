package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.FileMetaInformation;
import com.pixelmed.dicom.ShortStringAttribute;
import com.pixelmed.dicom.TagFromName;
import com.pixelmed.dicom.UniqueIdentifierAttribute;

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
    }
}
