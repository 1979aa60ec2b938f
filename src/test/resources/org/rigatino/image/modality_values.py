"""Writes, for each frame asked for, the values after the Modality LUT as little-endian doubles.

Arguments: DICOM file, output file.
"""
import sys

import numpy
import pydicom
from pydicom.pixels import apply_modality_lut

dataset = pydicom.dcmread(sys.argv[1])
values = apply_modality_lut(dataset.pixel_array, dataset)
values.astype("<f8").tofile(sys.argv[2])
