#!/usr/bin/env python3
"""The same figures as check_emva.py by the public EMVA 1288 reference implementation, as one JSON object.

    PYTHONPATH=emva1288/src public_reference.py DIR

Needs the Python package emva1288 (github.com/EMVA1288/emva1288) with numpy, scipy, Pillow and lxml.
Its parser, loader and analysis run unchanged on the descriptor.
"""

import json
import logging
import math
import sys
from pathlib import Path

from emva1288 import process


def figures(descriptor):
    """All figures of a data set."""
    quiet = {"loglevel": logging.WARNING}
    info = process.ParseEmvaDescriptorFile(str(descriptor), **quiet)
    images = process.LoadImageData(info.images, **quiet)
    data = process.Data1288(images.data, **quiet)
    result = process.Results1288(data.data, **quiet)
    parts = {"total": "", "pixel": "_pixel", "row": "_row", "column": "_col"}
    return {
        "gainDnPerE": result.K,
        "responsivityDnPerPhoton": result.R,
        "quantumEfficiency": result.QE / 100,
        "darkNoiseE": result.sigma_d,
        "thresholdPhotons": result.u_p_min,
        "saturationPhotons": result.u_p_sat,
        "saturationE": result.u_e_sat,
        "snrMax": result.SNR_max,
        "dynamicRange": result.DR,
        "linearityErrorMinPercent": result.LE_min,
        "linearityErrorMaxPercent": result.LE_max,
        "darkCurrentMeanEPerS": result.u_I_mean,
        "darkCurrentVarianceEPerS": result.u_I_var,
        "dsnuE": {name: getattr(result, f"DSNU1288{end}") for name, end in parts.items()},
        "prnuPercent": {name: getattr(result, f"PRNU1288{end}") for name, end in parts.items()},
    }


def finite(value):
    """Plain numbers; what is not finite becomes null."""
    if isinstance(value, dict):
        return {key: finite(entry) for key, entry in value.items()}
    number = float(value)
    return number if math.isfinite(number) else None


if __name__ == "__main__":
    print(json.dumps(finite(figures(Path(sys.argv[1]) / "EMVA1288descriptor.txt"))))
