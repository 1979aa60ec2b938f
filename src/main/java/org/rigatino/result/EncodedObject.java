package org.rigatino.result;

/**
 * A DICOM file (PS3.10) ready to be kept and sent as it is.
 *
 * @param bytes preamble, File Meta Information and dataset
 */
public record EncodedObject(
        ObjectKind kind, String sopInstanceUid, String sopClassUid, String seriesInstanceUid, byte[] bytes) {}
