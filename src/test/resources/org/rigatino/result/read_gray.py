"""Decodes a gray image and prints the text that it says its overlay plane shows. Argument: the file."""
import sys

import numpy
import pydicom

image = pydicom.dcmread(sys.argv[1])
assert image.pixel_array.shape == (image.Rows, image.Columns), image.pixel_array.shape
assert image.ImageType[:2] == ["DERIVED", "SECONDARY"], image.ImageType
assert "NOT FOR DIAGNOSTIC USE" in image.SeriesDescription
assert image.DerivationDescription.endswith("NOT FOR DIAGNOSTIC USE")
plane = image.overlay_array(0x6000)
assert plane.shape == (image[0x60000010].value, image[0x60000011].value)
assert 0.05 < numpy.count_nonzero(plane) / plane.size < 0.6, "no text"
print(image[0x60000022].value)
