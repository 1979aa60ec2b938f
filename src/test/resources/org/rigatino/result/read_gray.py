"""Decodes a gray image, finds the letters of its mark in the first rows and no overlay plane. Argument: the file."""
import sys

import numpy
import pydicom

image = pydicom.dcmread(sys.argv[1])
assert image.pixel_array.shape == (image.Rows, image.Columns), image.pixel_array.shape
assert image.ImageType[:2] == ["DERIVED", "SECONDARY"], image.ImageType
assert image.SeriesDescription.startswith("RESTORED ") and image.SeriesDescription.endswith(", not for diagnosis")
assert image.DerivationDescription.endswith("NOT FOR DIAGNOSTIC USE")
bright, dark = image.pixel_array.max(), image.pixel_array.min()
if image.PhotometricInterpretation == "MONOCHROME1" or image.get("RescaleSlope", 1) < 0:
    bright, dark = dark, bright
middle = image.Columns // 2
letters = image.pixel_array[: max(image.Rows, image.Columns) // 20, middle - image.Columns // 12 : middle + image.Columns // 12]
if image.Columns >= 64:
    assert 0.1 < numpy.mean(letters == bright) < 0.6 and numpy.mean(letters == dark) > 0.3, "no letters in the first rows"
assert 0x60003000 not in image
print("no overlay plane")
