"""Says of each pair of files whether every element of both datasets has the same bytes, sequences gone into."""
import sys

import pydicom


def differs(one, other, path=""):
    tags = [tag for tag in one.keys() if tag.element != 0]
    if tags != list(other.keys()):
        return f"{path}: other elements"
    for tag in tags:
        here = f"{path}/{tag}"
        first = one.get_item(tag)
        if first.VR == "SQ" or (first.VR == "UN" and first.length == 0xFFFFFFFF):
            items, others = one[tag].value, other[tag].value
            if len(items) != len(others):
                return f"{here}: other items"
            for item, counterpart in zip(items, others):
                different = differs(item, counterpart, here)
                if different:
                    return different
        elif (first.value or b"") != (other.get_item(tag).value or b""):
            return f"{here}: other bytes"
    return None


for pair in zip(sys.argv[1::2], sys.argv[2::2]):
    files = [pydicom.dcmread(name) for name in pair]
    print(pair[0], files[1].file_meta.TransferSyntaxUID, differs(*files) or "same")
