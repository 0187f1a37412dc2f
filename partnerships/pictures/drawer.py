"""A program of its own that draws one SVG: options of ``resvg_py`` as JSON come in, the PNG goes out.

resvg lets no other thread of its process run while it draws, so within the server every page would wait for a picture.
"""

import json
import sys

import resvg_py

if __name__ == "__main__":
    sys.stdout.buffer.write(bytes(resvg_py.svg_to_bytes(**json.load(sys.stdin.buffer))))
