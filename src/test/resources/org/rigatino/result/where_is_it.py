"""Where objects say that something is: a line each with kind, instance, and x y z in mm, by pydicom alone.

Arguments: a folder with the source instances, then result objects.
"""
import pathlib
import sys

import numpy
import pydicom

source = {}
for path in pathlib.Path(sys.argv[1]).iterdir():
    dataset = pydicom.dcmread(path)
    source[dataset.SOPInstanceUID] = dataset


def place(position, orientation, spacing, column, row):
    """PS3.3 C.7.6.2.1.1; column and row count centres of pixels from 0."""
    position, orientation = numpy.array(position, float), numpy.array(orientation, float)
    return position + orientation[:3] * float(spacing[1]) * column + orientation[3:] * float(spacing[0]) * row


def say(kind, uid, point):
    print(kind, uid, *("%.3f" % value for value in point))


def contour(kind, uid, data):
    image = source[uid]
    points = numpy.array(data, float).reshape(-1, 2)
    assert (points[0] == points[-1]).all()
    middle = (points.min(0) + points.max(0)) / 2 - 0.5
    say(kind, uid, place(image.ImagePositionPatient, image.ImageOrientationPatient, image.PixelSpacing, *middle))


def segmentation(dataset):
    shared = dataset.SharedFunctionalGroupsSequence[0]
    orientation = shared.PlaneOrientationSequence[0].ImageOrientationPatient
    spacing = shared.PixelMeasuresSequence[0].PixelSpacing
    frames = dataset.pixel_array.reshape(-1, dataset.Rows, dataset.Columns)
    assert len(dataset.PerFrameFunctionalGroupsSequence) == len(frames) == len(source)
    for groups, pixels in zip(dataset.PerFrameFunctionalGroupsSequence, frames):
        uid = groups.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
        position = groups.PlanePositionSequence[0].ImagePositionPatient
        assert position == source[uid].ImagePositionPatient
        rows, columns = numpy.nonzero(pixels > (0 if dataset.SegmentationType == "BINARY" else 90))
        if len(rows):
            middle = (columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2
            say(dataset.SegmentationType, uid, place(position, orientation, spacing, *middle))


def strengths(dataset):
    """A parametric map: where its real world values pass three."""
    shared = dataset.SharedFunctionalGroupsSequence[0]
    orientation = shared.PlaneOrientationSequence[0].ImageOrientationPatient
    spacing = shared.PixelMeasuresSequence[0].PixelSpacing
    mapping = shared.RealWorldValueMappingSequence[0]
    frames = dataset.pixel_array.reshape(-1, dataset.Rows, dataset.Columns)
    assert len(dataset.PerFrameFunctionalGroupsSequence) == len(frames) == len(source)
    for groups, pixels in zip(dataset.PerFrameFunctionalGroupsSequence, frames):
        uid = groups.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
        values = pixels * mapping.RealWorldValueSlope + mapping.RealWorldValueIntercept
        rows, columns = numpy.nonzero(values >= 3)
        if len(rows):
            middle = (columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2
            say("MAP", uid, place(groups.PlanePositionSequence[0].ImagePositionPatient, orientation, spacing, *middle))


def report(item):
    for child in item.get("ContentSequence", []):
        if child.ValueType == "SCOORD":
            reference = child.ContentSequence[0].ReferencedSOPSequence[0]
            contour("SR", reference.ReferencedSOPInstanceUID, child.GraphicData)
        report(child)


def selection(dataset):
    """Key objects: which images, and no place in them."""
    for child in dataset.ContentSequence:
        if child.ValueType == "IMAGE":
            say("KO", child.ReferencedSOPSequence[0].ReferencedSOPInstanceUID, ())


def presentation(dataset):
    for annotation in dataset.GraphicAnnotationSequence:
        uid = annotation.ReferencedImageSequence[0].ReferencedSOPInstanceUID
        for graphic in annotation.GraphicObjectSequence:
            contour("PR", uid, graphic.GraphicData)


def coloured(pixels):
    """Middle of what has colour above the legend, as column and row; none where nothing has."""
    amber = numpy.nonzero((pixels == (0xFF, 0xB0, 0x00)).all(2))[0]
    if len(amber):
        pixels = pixels[: amber.min()]
    rows, columns = numpy.nonzero(pixels.astype(int).max(2) - pixels.astype(int).min(2) > 8)
    return ((columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2) if len(rows) else None


def capture(dataset):
    """Where an overlay, which has its source's rows and columns, has colour."""
    image = source[dataset.SourceImageSequence[0].ReferencedSOPInstanceUID]
    assert dataset.pixel_array.shape[:2] == (image.Rows, image.Columns)
    middle = coloured(dataset.pixel_array)
    if middle:
        at = dataset.ImagePositionPatient, dataset.ImageOrientationPatient, dataset.PixelSpacing
        say("SC", image.SOPInstanceUID, place(*at, *middle))


def pane(kind, image, spacing, pixels):
    """Where the third pane has colour: its place in the pane is that in the source."""
    scale = max(1, image.Columns // 128)
    left = 2 * (pixels.shape[1] + 2 * scale) // 3
    middle = coloured(pixels[13 * scale : 13 * scale + image.Rows, left : left + image.Columns])
    if middle:
        at = image.ImagePositionPatient, image.ImageOrientationPatient, spacing
        say(kind, image.SOPInstanceUID, place(*at, *middle))


def triptych(dataset):
    assert "ImagePositionPatient" not in dataset and "FrameOfReferenceUID" not in dataset
    image = source[dataset.SourceImageSequence[0].ReferencedSOPInstanceUID]
    pane("TRIPTYCH", image, dataset.PixelSpacing, dataset.pixel_array)


def frames(dataset):
    """Multi-frame captures: frames in the order of their places, each with its source."""
    assert dataset.PageNumberVector == list(range(1, dataset.NumberOfFrames + 1))
    assert dataset.FrameIncrementPointer == 0x00182001
    groups = dataset.PerFrameFunctionalGroupsSequence
    assert len(groups) == dataset.NumberOfFrames == len(source)
    images = [source[group.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID] for group in groups]
    heights = [numpy.dot(image.ImagePositionPatient, numpy.cross(*numpy.reshape(image.ImageOrientationPatient, (2, 3)))) for image in images]
    assert heights == sorted(heights) and len({image.SOPInstanceUID for image in images}) == len(images)
    for group, image, pixels in zip(groups, images, dataset.pixel_array):
        if "PlanePositionSequence" not in group:
            pane("PANES", image, dataset.PixelSpacing, pixels)
            continue
        shared = dataset.SharedFunctionalGroupsSequence[0]
        at = (
            group.PlanePositionSequence[0].ImagePositionPatient,
            shared.PlaneOrientationSequence[0].ImageOrientationPatient,
            shared.PixelMeasuresSequence[0].PixelSpacing,
        )
        middle = coloured(pixels[: image.Rows, : image.Columns])
        if middle:
            say("FRAMES", image.SOPInstanceUID, place(*at, *middle))


def captured(dataset):
    if "NumberOfFrames" in dataset:
        frames(dataset)
    elif "ImagePositionPatient" in dataset:
        capture(dataset)
    else:
        triptych(dataset)


for name in sys.argv[2:]:
    opened = pydicom.dcmread(name)
    if opened.SOPClassUID == "1.2.840.10008.5.1.4.1.1.30":
        strengths(opened)
        continue
    {"SEG": segmentation, "SR": report, "PR": presentation, "KO": selection, "OT": captured}[opened.Modality](opened)
