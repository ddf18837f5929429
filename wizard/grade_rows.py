"""The grades of a set as rows of an office file: a row says what a grade asks, or only one more of its conditions."""

from odoo.fields import Command

from ..office import values, words

HEADINGS = {
    "grade": "Xếp loại",
    "from": "Từ điểm",
    "year_rating": "Mức độ hoàn thành nhiệm vụ năm",
    "most": "Tỷ lệ tối đa (%)",
    "share_of": "Tỷ lệ tính trên",
    "rule": "Điều kiện",
    "rule_lines": "Tiêu chí xét",
    "rule_value": "Điểm hoặc %",
    "rule_level": "Mức xét",
    "rule_count": "Số lượng",
}
REQUIRED = ("grade", "from")
RULES = {
    "least": "Điểm ít nhất",
    "most": "Điểm nhiều nhất",
    "full_lines": "Số tiêu chí đạt tỷ lệ điểm hoặc mức: ít nhất",
    "weak_lines": "Số tiêu chí dưới tỷ lệ điểm hoặc mức: nhiều nhất",
    "parts": "Mọi kỳ đạt loại này, trừ nhiều nhất",
    "knock_most": "Không xếp loại cao hơn khi điểm trên",
    "knock_least": "Không xếp loại cao hơn khi điểm dưới",
    "lower_most": "Hạ một bậc khi điểm trên",
    "unit_share": "Tỷ lệ tối đa khi đơn vị xếp loại",
}
SHARES = {
    "people": "Tổng số người",
    "next": "Số người xếp loại liền dưới",
    "next_up": "Số người xếp loại này và loại liền dưới",
}
RATINGS = {
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "completed": "Hoàn thành nhiệm vụ",
    "not_completed": "Không hoàn thành nhiệm vụ",
}
NUMBERS = ("from", "most", "rule_value", "rule_count")


# ----------------------------------------------------------------------
# Out
# ----------------------------------------------------------------------


def write(sheet):
    """Return the rows of the grades of a set, the best first."""
    return [row for grade in sheet.grade_ids for row in _write_grade(grade)]


def _write_grade(grade):
    rules = [
        [
            RULES[line.kind],
            "; ".join(criterion.code or criterion.name for criterion in line.criterion_ids),
            line.value,
            line.level or "",
            line.count,
        ]
        for line in grade.condition_ids
    ]
    rules += [[RULES["unit_share"], line.unit_grade, line.share, "", 0] for line in grade.share_ids]
    head = [
        grade.name,
        grade.min_points,
        RATINGS.get(grade.rating, ""),
        grade.max_share,
        SHARES[grade.share_of] if grade.max_share or grade.share_ids else "",
    ]
    first, *rest = rules or [["", "", 0, "", 0]]
    return [head + first, *([grade.name, "", "", "", "", *rule] for rule in rest)]


# ----------------------------------------------------------------------
# In
# ----------------------------------------------------------------------


def clean(cells):
    """Return a row's cells: numbers as numbers, choices as their keys; what is not understood as its text."""
    found = {
        name: _read_number(cells.get(name)) if name in NUMBERS else values.read_text(cells.get(name)) or ""
        for name in HEADINGS
    }
    found["year_rating"] = words.find_choice("rating", found["year_rating"]) or found["year_rating"]
    found["share_of"] = words.find_choice("grade_share_of", found["share_of"]) or found["share_of"]
    found["rule"] = words.find_choice("grade_rule", found["rule"]) or found["rule"]
    return found


def _read_number(cell):
    try:
        return values.read_number(cell) or 0
    except ValueError:
        return values.read_text(cell) or 0


def find_problems(env, row, known):
    """Return what is wrong with a row, in a list.

    :param known: codes and names of the criteria of the file
    """
    problems = [] if row["grade"] else [env._("no name")]
    problems += [
        env._("“%(value)s” is not a number of 0 or more", value=row[name])
        for name in NUMBERS
        if isinstance(row[name], str) or row[name] < 0 or row[name] >= 1e9
    ]
    if row["year_rating"] and row["year_rating"] not in RATINGS:
        problems.append(env._("unknown rating “%(rating)s”", rating=row["year_rating"]))
    if row["share_of"] and row["share_of"] not in SHARES:
        problems.append(env._("unknown share “%(share)s”", share=row["share_of"]))
    if row["rule"] == "unit_share" and not row["rule_lines"]:
        problems.append(env._("a share by the unit's grade without that grade"))
    if row["rule"] and row["rule"] not in RULES:
        problems.append(env._("unknown condition “%(rule)s”", rule=row["rule"]))
    elif row["rule"] and row["rule"] != "unit_share":
        problems += [
            env._("unknown criterion “%(name)s”", name=name)
            for name in split(row["rule_lines"])
            if name not in known
        ]
    elif not row["rule"] and row["rule_lines"]:
        problems.append(env._("criteria without a condition"))
    return problems


def split(text):
    """Return the codes of a cell.

    >>> split("1.1; 1.2;")
    ['1.1', '1.2']
    """
    return [part.strip() for part in text.split(";") if part.strip()]


def store(sheet, rows, by_key):
    """Make the grades of a set those of the rows.

    :param rows: as ``clean`` gives them
    :param dict by_key: {code or name: id of the criterion}
    """
    grades = {}
    for row in rows:
        grade = grades.setdefault(
            row["grade"],
            {
                "set_id": sheet.id,
                "name": row["grade"],
                "min_points": row["from"],
                "rating": row["year_rating"] or False,
                "max_share": row["most"],
                "share_of": row["share_of"] or "people",
                "condition_ids": [],
                "share_ids": [],
            },
        )
        if row["rule"] == "unit_share":
            share = {"unit_grade": row["rule_lines"], "share": row["rule_value"]}
            grade["share_ids"].append(Command.create(share))
        elif row["rule"]:
            condition = {
                "kind": row["rule"],
                "value": row["rule_value"],
                "level": row["rule_level"] or False,
                "count": int(row["rule_count"]),
                "criterion_ids": [Command.set([by_key[key] for key in split(row["rule_lines"])])],
            }
            grade["condition_ids"].append(Command.create(condition))
    sheet.grade_ids.unlink()
    sheet.env["emulation.grade"].create(list(grades.values()))
