"""Draw a QR code (ISO/IEC 18004) fast: a thousand certificates carry a thousand codes.

Byte mode, error correction level L, mask 2. A fixed mask: any of the eight is readable, and comparing them all
is most of what other libraries spend. What depends on the version only is worked out once.

>>> size, path = svg_path("https://example.org")
>>> size, path[:13]  # the upper edge of the first corner mark
(25, 'M0 0h7v1h-7zM')
"""

import re
from functools import lru_cache
from itertools import chain
from operator import itemgetter

# By version 1 … 40, level L: codewords of error correction in a block, and blocks.
CORRECTION = (
    *(7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28),
    *(28, 28, 30, 30, 26, 28, *[30] * 14),
)
BLOCKS = (
    *(1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8),
    *(8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25),
)
LEVEL_AND_MASK = 0b01_010
FIELD = 0x11D  # the polynomial of GF(256)
RUN = re.compile("1+")


def svg_path(text):
    """Return ``(modules a side, SVG path)``: one path of horizontal runs, one unit a module, no quiet zone.

    :raises ValueError: the text is longer than a QR code holds (2,953 bytes)
    """
    frame, modules = _draw(text)
    starts, ends = frame.starts, frame.ends
    return frame.size, "".join(
        starts[start] + ends[end - start] for start, end in map(re.Match.span, RUN.finditer(modules))
    )


def draw(text):
    """Return the rows of modules from the top, each a text in which ``1`` is dark.

    :raises ValueError: the text is longer than a QR code holds
    """
    _frame, modules = _draw(text)
    return modules.split()


def _draw(text):
    data = text.encode()
    version, frame = _smallest(len(data))
    bits = int.from_bytes(_codewords(data, version, frame.capacity), "big") << frame.spare
    return frame, "".join(frame.pick(f"{bits ^ frame.mask:0{frame.bits}b}01\n"))


def _smallest(length):
    for version in range(1, 41):
        frame = _frame(version)
        room = frame.capacity - CORRECTION[version - 1] * BLOCKS[version - 1]
        if length + (2 if version < 10 else 3) <= room:
            return version, frame
    raise ValueError(f"{length} bytes are too long for a QR code")


def _codewords(data, version, capacity):
    """Return the codewords as they are laid out: blocks interleaved, the corrections behind."""
    correction, count = CORRECTION[version - 1], BLOCKS[version - 1]
    room = capacity - correction * count
    length_bits = 8 if version < 10 else 16
    number = (0b0100 << length_bits | len(data)) << 8 * len(data) | int.from_bytes(data, "big")
    padded = bytearray((number << 4).to_bytes(len(data) + length_bits // 8 + 1, "big"))
    padded += (b"\xec\x11" * room)[: room - len(padded)]
    short, longer = room // count, room % count  # the last `longer` blocks hold one byte more
    blocks, start = [], 0
    for index in range(count):
        end = start + short + (index >= count - longer)
        blocks.append(padded[start:end])
        start = end
    last = (block[short] for block in blocks[count - longer :])
    rests = (_remainder(block, correction) for block in blocks)
    return bytes(
        [
            *chain.from_iterable(zip(*blocks, strict=False)),
            *last,
            *chain.from_iterable(zip(*rests, strict=True)),
        ]
    )


def _remainder(block, degree):
    """Return the Reed-Solomon codewords of a block."""
    table, rest = _multiples(degree), 0
    shift, window = 8 * (degree - 1), (1 << 8 * (degree - 1)) - 1
    for byte in block:
        rest = (rest & window) << 8 ^ table[byte ^ rest >> shift]
    return rest.to_bytes(degree, "big")


@lru_cache
def _multiples(degree):
    """Return the 256 multiples of the generator polynomial, each as one number, its leading 1 left out."""
    generator, root = [0] * (degree - 1) + [1], 1
    for _power in range(degree):
        generator = [
            _multiply(term, root) ^ following
            for term, following in zip(generator, [*generator[1:], 0], strict=True)
        ]
        root = _multiply(root, 2)
    return [
        int.from_bytes(bytes(_multiply(term, factor) for term in generator), "big") for factor in range(256)
    ]


def _multiply(one, other):
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (FIELD if one & 0x80 else 0)
        other >>= 1
    return product


class _Frame:
    """All that codes of one version have in common: the fixed modules, and where each bit of data stands."""

    def __init__(self, version):
        self.size = 17 + 4 * version
        fixed = self._fixed(version)
        places = [(x, y) for x, y in self._zigzag() if (x, y) not in fixed]
        self.bits = len(places)
        self.capacity, self.spare = divmod(self.bits, 8)
        self.mask = int("".join("1" if x % 3 == 0 else "0" for x, _y in places), 2)
        source = {place: index for index, place in enumerate(places)}
        source.update({place: self.bits + dark for place, dark in fixed.items()})
        source.update({(self.size, y): self.bits + 2 for y in range(self.size)})  # the end of the row
        whole = [(x, y) for y in range(self.size) for x in range(self.size + 1)]
        self.pick = itemgetter(*(source[place] for place in whole))
        # How the path of a run begins, by the place of its first module, and goes on, by its length.
        self.starts = [f"M{x} {y}h" for x, y in whole]
        self.ends = [f"{length}v1h-{length}z" for length in range(self.size + 1)]

    def _zigzag(self):
        """Yield all places in the order of the data: two columns at a time, up and down, from the right."""
        upward = True
        for right in (*range(self.size - 1, 6, -2), 5, 3, 1):
            rows = range(self.size - 1, -1, -1) if upward else range(self.size)
            yield from ((x, y) for y in rows for x in (right, right - 1))
            upward = not upward

    def _fixed(self, version):
        last = self.size - 1
        fixed = {}
        for at in range(self.size):
            fixed[6, at] = fixed[at, 6] = at % 2 == 0
        centres = self._alignment_centres(version)
        corners = {(6, 6), (6, last - 6), (last - 6, 6)}
        for x in centres:
            for y in centres:
                if (x, y) not in corners:
                    self._draw_square(fixed, x, y, reach=2, light={1})
        for x, y in ((3, 3), (3, last - 3), (last - 3, 3)):
            self._draw_square(fixed, x, y, reach=4, light={2, 4})
        self._draw_format(fixed, last)
        if version >= 7:
            self._draw_version(fixed, version, last)
        return fixed

    def _alignment_centres(self, version):
        if version == 1:
            return []
        count = version // 7 + 2
        step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
        return [6, *(self.size - 7 - at * step for at in range(count - 1))]

    def _draw_square(self, fixed, x, y, reach, light):
        for dx in range(-reach, reach + 1):
            for dy in range(-reach, reach + 1):
                if 0 <= x + dx < self.size and 0 <= y + dy < self.size:
                    fixed[x + dx, y + dy] = max(abs(dx), abs(dy)) not in light

    def _draw_format(self, fixed, last):
        bits = (LEVEL_AND_MASK << 10 | _check_bits(LEVEL_AND_MASK, 0x537, 10)) ^ 0x5412
        around = [*((8, y) for y in (0, 1, 2, 3, 4, 5, 7, 8)), (7, 8), *((x, 8) for x in range(5, -1, -1))]
        apart = [*((last - at, 8) for at in range(8)), *((8, last - 6 + at) for at in range(7))]
        for at in range(15):
            fixed[around[at]] = fixed[apart[at]] = bool(bits >> at & 1)
        fixed[8, last - 7] = True

    def _draw_version(self, fixed, version, last):
        bits = version << 12 | _check_bits(version, 0x1F25, 12)
        for at in range(18):
            x, y = last - 10 + at % 3, at // 3
            fixed[x, y] = fixed[y, x] = bool(bits >> at & 1)


def _check_bits(value, polynomial, degree):
    rest = value << degree
    while rest.bit_length() > degree:
        rest ^= polynomial << rest.bit_length() - degree - 1
    return rest


@lru_cache
def _frame(version):
    return _Frame(version)
