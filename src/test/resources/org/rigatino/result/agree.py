"""Compares a Segmentation with the Measurement Report, the Presentation State and the Key Objects of the same finding.

Prints "agree: N regions of A mm2", or fails. Arguments: Segmentation, report, presentation state, key objects.
"""
import collections
import sys

import numpy
import pydicom

segmentation, report, state, keys = (pydicom.dcmread(name) for name in sys.argv[1:])

spacing = segmentation.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].PixelSpacing
marked = collections.defaultdict(float)
for groups, pixels in zip(segmentation.PerFrameFunctionalGroupsSequence, segmentation.pixel_array):
    uid = groups.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
    if pixels.any():
        marked[uid] += int(numpy.count_nonzero(pixels)) * float(spacing[0]) * float(spacing[1])

areas = collections.defaultdict(float)
contours = collections.defaultdict(int)
outlined = collections.defaultdict(float)
segments = []
units = set()


def shoelace(data):
    x, y = numpy.array(data, float).reshape(-1, 2).T
    return float(numpy.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2


def walk(item, uid=None):
    children = item.get("ContentSequence", [])
    for child in children:
        if child.ValueType == "SCOORD":
            uid = child.ContentSequence[0].ReferencedSOPSequence[0].ReferencedSOPInstanceUID
            contours[uid] += 1
            outlined[uid] += shoelace(child.GraphicData) * float(spacing[0]) * float(spacing[1])
    for child in children:
        if child.ValueType == "IMAGE" and "ConceptNameCodeSequence" in child and child.ConceptNameCodeSequence[0].CodeValue == "121214":
            segments.append(child.ReferencedSOPSequence[0])
        if child.ValueType == "NUM":
            unit = child.MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0]
            units.add(unit.CodingSchemeDesignator)
            if child.ConceptNameCodeSequence[0].CodeMeaning == "Area":
                assert unit.CodeValue == "mm2"
                areas[uid] += float(child.MeasuredValueSequence[0].NumericValue)
        walk(child, uid)


walk(report)
assert units == {"UCUM"}, units
assert set(areas) == set(marked), (areas, marked)
for uid, area in areas.items():
    assert abs(area - marked[uid]) < 0.01, (area, marked[uid])
    assert abs(area - outlined[uid]) < 0.01, (area, outlined[uid])


def named(document):
    return [
        instance.ReferencedSOPInstanceUID
        for study in document.CurrentRequestedProcedureEvidenceSequence
        for series in study.ReferencedSeriesSequence
        for instance in series.ReferencedSOPSequence
    ]


evidence = set(named(report))
sources = {item.ReferencedSOPInstanceUID for item in segmentation.ReferencedSeriesSequence[0].ReferencedInstanceSequence}
assert evidence >= sources | {segmentation.SOPInstanceUID}
assert segments and all(item.ReferencedSOPInstanceUID == segmentation.SOPInstanceUID for item in segments)
for item in segments:
    numbers = item.ReferencedFrameNumber
    for number in [numbers] if isinstance(numbers, (int, float)) else numbers:
        groups = segmentation.PerFrameFunctionalGroupsSequence[int(number) - 1]
        assert groups.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID in sources

drawn = {
    annotation.ReferencedImageSequence[0].ReferencedSOPInstanceUID: len(annotation.GraphicObjectSequence)
    for annotation in state.GraphicAnnotationSequence
}
assert drawn.keys() == contours.keys() and all(drawn[uid] >= contours[uid] for uid in drawn), (drawn, contours)
assert {item.ReferencedSOPInstanceUID for item in state.ReferencedSeriesSequence[0].ReferencedImageSequence} == sources

selected = collections.defaultdict(list)
for child in keys.ContentSequence:
    if child.ValueType in ("IMAGE", "COMPOSITE"):
        selected[child.ValueType].append(child.ReferencedSOPSequence[0].ReferencedSOPInstanceUID)
assert selected["COMPOSITE"] == [report.SOPInstanceUID]
assert selected["IMAGE"] and set(selected["IMAGE"]) <= sources
assert sorted(named(keys)) == sorted(selected["IMAGE"] + selected["COMPOSITE"])
assert len({dataset.StudyInstanceUID for dataset in (segmentation, report, state, keys)}) == 1
assert len({str(dataset.PatientID) for dataset in (segmentation, report, state, keys)}) == 1
print("agree:", sum(contours.values()), "regions of", sum(areas.values()), "mm2")
