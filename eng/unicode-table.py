"""Writes src/FlowCompile.Models.Onnx/Text/Unicode/decompositions.txt from Python's unicodedata: what normalization forms need to know.

A line is `code mapping`, in hexadecimal: `~` before the mapping marks one of compatibility, `!` one that is not composed again.
A line `first-last=class` gives the combining class of a range, where it is not 0.

    python3 eng/unicode-table.py > src/FlowCompile.Models.Onnx/Text/Unicode/decompositions.txt
"""
import sys
import unicodedata as u

print(f"# Unicode {u.unidata_version}, written by eng/unicode-table.py. Made from the Unicode Character Database, copyright Unicode, Inc. (Unicode License V3).")
codes = [c for c in range(sys.maxunicode + 1) if not 0xD800 <= c < 0xE000 and not 0xAC00 <= c < 0xD7A4]
for c in codes:
    mapping = u.decomposition(chr(c))
    if mapping.startswith("<"):
        print(f"{c:X} ~{' '.join(f'{int(x, 16):X}' for x in mapping.split('> ')[1].split())}")
    elif mapping:
        excluded = u.normalize("NFC", chr(c)) != chr(c)
        print(f"{c:X} {'!' if excluded else ''}{' '.join(f'{int(x, 16):X}' for x in mapping.split())}")
start = None
for c in codes + [None]:
    if start is not None and (c is None or u.combining(chr(c)) != cls or c != last + 1):
        print(f"{start:X}-{last:X}={cls}")
        start = None
    if c is not None and u.combining(chr(c)):
        if start is None:
            start, cls = c, u.combining(chr(c))
        last = c
