"""Building Lak Sans, the typeface of the pages, from the pinned Be Vietnam Pro (OFL 1.1).

Be Vietnam Pro has no figures of one width and lacks the Ê Đê letters ĕ ĭ ŏ ŭ ƀ. Both are added
here, the family is renamed as its licence asks, and only the letters that pages use are kept.
Done at set-up; the fonts are not committed, and pages fall back to the system's.
"""

import io
import logging
from importlib.resources import files
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro as package
from django.conf import settings
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

WEIGHTS = {"Regular": 400, "SemiBold": 600}
EDE = "ĕĭŏŭƀĔĬŎŬɃ"
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WITH_BREVE = {"e": 0x115, "o": 0x14F, "u": 0x16D, "E": 0x114, "I": 0x12C, "O": 0x14E, "U": 0x16C}
_WIDTH = 664  # font units of a figure among figures of one width
_VERSION = "1"
_KEPT = (
    set(range(0x20, 0x7F))
    | set(range(0xA0, 0x100))
    | set(range(0x1EA0, 0x1EFA))
    | {0x102, 0x103, 0x10C, 0x10D, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169}
    | {0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x12D, 0x180, 0x243, 0x2BC, 0x300, 0x301, 0x303, 0x306}
    | {0x309, 0x323, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x20AB}
    | {0x2212, 0x2264, 0x2265}
    | set(_WITH_BREVE.values())
)


def build(folder: Path) -> list[Path]:
    """Write the fonts into `folder`, unless this version stands there, and return their paths."""
    made = [folder / f"LakSans-{weight}.woff2" for weight in WEIGHTS.values()]
    stamp = folder / f".version-{_VERSION}"
    if stamp.exists() and all(path.exists() for path in made):
        return made
    folder.mkdir(parents=True, exist_ok=True)
    source = Path(str(files(package)))
    for style, path in zip(WEIGHTS, made, strict=True):
        [original] = source.rglob(f"BeVietnamPro-{style}.ttf")
        _write(_changed(TTFont(original)), path)
    (folder / "OFL.txt").write_bytes((source / "LICENSE").read_bytes())
    stamp.touch()
    return made


def main() -> None:
    """Build the fonts where the settings want them."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table it keeps
    build(settings.FONTS_DIR)


def _changed(font: TTFont) -> TTFont:
    _add_tabular_figures(font)
    _add_ede_letters(font)
    for record in font["name"].names:
        text = record.toUnicode()
        if record.nameID in {1, 3, 4, 16}:
            record.string = text.replace("Be Vietnam Pro", "Lak Sans")
        elif record.nameID == 6:  # noqa: PLR2004 - the PostScript name
            record.string = text.replace("BeVietnamPro", "LakSans")
    raw = io.BytesIO()
    font.save(raw)
    raw.seek(0)
    return TTFont(raw)


def _write(font: TTFont, path: Path) -> None:
    options = Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "tnum"]
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_KEPT)
    subsetter.subset(font)
    font.flavor = "woff2"
    part = path.with_suffix(".part")
    font.save(part)
    part.replace(path)


def _bounds(font: TTFont, name: str) -> tuple[float, float, float, float]:
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return pen.bounds  # type: ignore[no-any-return]


def _joined(font: TTFont, parts: list[tuple[str, int, int]]) -> Any:  # noqa: ANN401
    """Return a pen that holds the outlines of `parts` (name, dx, dy) as one glyph."""
    glyphs = font.getGlyphSet()
    pen = TTGlyphPen(None)
    for name, dx, dy in parts:
        recorded = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(recorded)
        recorded.replay(TransformPen(pen, (1, 0, 0, 1, dx, dy)))
    return pen


def _bar(pen: Any, x0: int, y0: int, x1: int, y1: int) -> None:  # noqa: ANN401
    pen.moveTo((x0, y0))
    pen.lineTo((x0, y1))
    pen.lineTo((x1, y1))
    pen.lineTo((x1, y0))
    pen.closePath()


def _put(font: TTFont, name: str, glyph: Any, width: int, code: int = 0) -> None:  # noqa: ANN401
    outlines = font["glyf"]
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    outlines.glyphs[name] = glyph
    outlines.glyphOrder = font.getGlyphOrder()
    glyph.recalcBounds(outlines)
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    for table in font["cmap"].tables:
        if code and table.isUnicode():
            table.cmap[code] = name


def _add_tabular_figures(font: TTFont) -> None:
    """Add figures of one width, reached by the feature tnum."""
    _x, low, _y, high = _bounds(font, "hyphen")
    thick = round(high - low)
    same_width = {}
    for name in _DIGITS:
        x0, _low, x1, _high = _bounds(font, name)
        dx = round((_WIDTH - (x1 - x0)) / 2 - x0)
        if name == "one":  # a foot, so that it does not stand lost in its width
            dx -= round(_WIDTH * 0.03)
            pen = _joined(font, [(name, dx, 0)])
            stem = x1 + dx - thick * 0.62
            _bar(pen, round(stem - 190), 0, round(stem + 190), thick)
        else:
            pen = _joined(font, [(name, dx, 0)])
        same_width[name] = f"{name}.tnum"
        _put(font, f"{name}.tnum", pen.glyph(), _WIDTH)
    _add_feature(font, "tnum", same_width)


def _add_feature(font: TTFont, tag: str, mapping: dict[str, str]) -> None:
    table = font["GSUB"].table
    change = otTables.SingleSubst()
    change.mapping = mapping
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag = 1, 0
    lookup.SubTable, lookup.SubTableCount = [change], 1
    table.LookupList.Lookup.append(lookup)
    feature = otTables.Feature()
    feature.FeatureParams = None
    feature.LookupListIndex = [len(table.LookupList.Lookup) - 1]
    feature.LookupCount = 1
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = tag, feature
    table.FeatureList.FeatureRecord.append(record)
    for script in table.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys]
        systems += [named.LangSys for named in script.Script.LangSysRecord]
        for system in filter(None, systems):
            system.FeatureIndex.append(len(table.FeatureList.FeatureRecord) - 1)


def _add_ede_letters(font: TTFont) -> None:
    """Compose the letters of Ê Đê names that the family lacks."""
    names = font.getBestCmap()
    mark = _bounds(font, "breve")
    low, high = _bounds(font, "abreve"), _bounds(font, "Abreve")
    bases = {names[ord(base)]: (code, base.isupper()) for base, code in _WITH_BREVE.items()}
    bases["dotlessi"] = (0x12D, False)
    for name, (code, upper) in bases.items():
        box, top = _bounds(font, name), (high if upper else low)[3]
        dx = round((box[0] + box[2]) / 2 - (mark[0] + mark[2]) / 2)
        pen = _joined(font, [(name, 0, 0), ("breve", dx, round(top - mark[3]))])
        wider = 60 if name == "dotlessi" else 0
        _put(font, f"uni{code:04X}", pen.glyph(), font["hmtx"][name][0] + wider, code)
    hyphen = _bounds(font, "hyphen")
    thick = round((hyphen[3] - hyphen[1]) * 0.9)
    for base, code, y in (("b", 0x180, 610), ("B", 0x243, 330)):
        left = round(_bounds(font, base)[0])
        pen = _joined(font, [(base, 0, 0)])
        _bar(pen, left - 70, y, left + 270, y + thick)
        _put(font, f"uni{code:04X}", pen.glyph(), font["hmtx"][base][0], code)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x2BC] = "quoteright"
