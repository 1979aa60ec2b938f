"""Prints what differs between the patient and study of two DICOM files, byte for byte.

Also reads the pixels of the second file. Arguments: source, capture.
"""
import sys

import pydicom

KEYWORDS = (
    "SpecificCharacterSet PatientName PatientID IssuerOfPatientID PatientBirthDate PatientSex StudyInstanceUID "
    "StudyDate StudyTime StudyID AccessionNumber ReferringPhysicianName StudyDescription"
).split()


def raw(dataset, keyword):
    """The value's bytes without padding; empty where the attribute is absent or has no value."""
    tag = pydicom.datadict.tag_for_keyword(keyword)
    if tag not in dataset:
        return b""
    value = dataset.get_item(tag).value or b""
    if not isinstance(value, bytes):
        value = "\\".join(value if not isinstance(value, str) else [value]).encode("ascii")
    return value.rstrip(b" \0")


source = pydicom.dcmread(sys.argv[1])
capture = pydicom.dcmread(sys.argv[2])
for keyword in KEYWORDS:
    if raw(source, keyword) != raw(capture, keyword):
        print(f"{keyword}: {raw(source, keyword)} became {raw(capture, keyword)}")
if str(source.get("PatientName", "")) != str(capture.PatientName):
    print("the decoded name differs")
if capture.pixel_array.shape != (capture.Rows, capture.Columns, 3):
    print("the pixels have shape", capture.pixel_array.shape)
