"""Writes the values of every frame after the Modality LUT as little-endian doubles.

Padding takes the smallest value that is not padding. Arguments: DICOM file, output file.
"""
import sys

import pydicom
from pydicom.pixel_data_handlers.util import apply_modality_lut

dataset = pydicom.dcmread(sys.argv[1])
stored = dataset.pixel_array
values = apply_modality_lut(stored, dataset).astype("<f8")
if "PixelPaddingValue" in dataset:
    padding = stored == dataset.PixelPaddingValue
    values[padding] = values[~padding].min()
values.tofile(sys.argv[2])
