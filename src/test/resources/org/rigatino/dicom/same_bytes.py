import sys, pydicom

source, copy = (pydicom.dcmread(name, stop_before_pixels=True) for name in sys.argv[1:])
raw = lambda dataset, tag: dataset.get_item(tag).value if tag in dataset else None
tags = [0x00080005, 0x00100010, 0x00100020, 0x00080090, 0x00081030]
sys.exit(any(raw(source, tag) != raw(copy, tag) for tag in tags))
