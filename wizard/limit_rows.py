"""What a whole sheet counts at most, as rows of an office file: one limit a row, 0 for none."""

from ..office import values, words

HEADINGS = {"limit": "Giới hạn cả phiếu", "limit_points": "Số điểm"}
LIMITS = {
    "total_points": "Điểm chuẩn của phiếu",
    "bonus_cap": "Điểm thưởng nhiều nhất",
    "deduction_cap": "Điểm trừ nhiều nhất",
    "most_points": "Điểm cả phiếu nhiều nhất",
}


def write(sheet):
    """Return the rows of a set; one without points has none."""
    if sheet.scale == "levels":
        return []
    return [[label, sheet[name]] for name, label in LIMITS.items()]


def clean(cells):
    """Return a row's cells: the limit as its field, points as a number; what is not understood as its text."""
    text = values.read_text(cells.get("limit")) or ""
    try:
        points = values.read_number(cells.get("limit_points")) or 0
    except ValueError:
        points = values.read_text(cells.get("limit_points")) or 0
    return {"limit": words.find_choice("set_limit", text) or text, "limit_points": points}


def find_problems(env, row):
    """Return what is wrong with a row, in a list."""
    problems = []
    if row["limit"] not in LIMITS:
        problems.append(env._("unknown limit “%(name)s”", name=row["limit"]))
    points = row["limit_points"]
    if isinstance(points, str) or not 0 <= points < 1e9:
        problems.append(env._("“%(value)s” is not a number of 0 or more", value=points))
    return problems


def store(sheet, rows):
    """Give a set the limits of the rows; those not named stay as they are.

    :param rows: as ``clean`` gives them
    """
    if rows:
        sheet.write({row["limit"]: row["limit_points"] for row in rows})
