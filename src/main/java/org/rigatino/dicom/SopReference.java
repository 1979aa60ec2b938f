package org.rigatino.dicom;

/** A SOP instance as Referenced SOP Class UID (0008,1150) and Referenced SOP Instance UID (0008,1155). */
public record SopReference(String sopClassUid, String sopInstanceUid) {}
